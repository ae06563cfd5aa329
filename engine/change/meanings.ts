import type { Check, Expression } from '../filter/ast.ts';
import { fold } from '../filter/fold.ts';
import { writeExpression } from '../filter/print.ts';

/** One condition, or a part of one, known by what it is made of. */
type Node =
  | { readonly kind: 'check' }
  | { readonly kind: 'not'; readonly child: number }
  | { readonly kind: 'and' | 'or'; readonly children: readonly number[] };

/**
 * Numbers for conditions whose macros are in place: equal numbers, equal conditions. In the plain form a number stands for
 * the very same words in the same order; in the canonical form order, repetition and parentheses don't count, for they
 * never change what a condition says.
 */
export class Meanings {
  readonly #isCanonical: boolean;
  readonly #numbers = new Map<string, number>();
  readonly #nodes: Node[] = [];

  constructor(form: 'plain' | 'canonical') {
    this.#isCanonical = form === 'canonical';
  }

  /** The number of a condition. `known` holds those of shared parts and belongs to one compiled rule set. */
  of(expression: Expression, known: Map<Expression, number>): number {
    return fold<number>(
      expression,
      {
        check: (check) => this.#intern(this.#check(check), { kind: 'check' }),
        macro: ({ name }) => this.#intern(`macro ${name}`, { kind: 'check' }),
        not: (child) => this.#not(child),
        and: (children) => this.#chain('and', children),
        or: (children) => this.#chain('or', children),
      },
      known,
    );
  }

  #check(check: Check): string {
    const { right, modifier, operator } = check;
    const { written: _, ...plain } = check;
    if (!this.#isCanonical || right?.kind !== 'list') return writeExpression(plain);
    const items = right.items.toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
    // Where values are counted, one that stands twice counts twice.
    const isCounted = modifier !== undefined || operator === 'intersects';
    const kept = isCounted ? items : items.filter(({ text }, i) => i === 0 || items[i - 1]?.text !== text);
    return writeExpression({ ...plain, right: { ...right, items: kept } });
  }

  #not(child: number): number {
    const node = this.#nodes[child] as Node;
    if (this.#isCanonical && node.kind === 'not') return node.child;
    return this.#intern(`not ${child}`, { kind: 'not', child });
  }

  #chain(kind: 'and' | 'or', children: readonly number[]): number {
    if (!this.#isCanonical) return this.#intern(`${kind} ${children.join()}`, { kind, children });
    const flat = children.flatMap((child) => {
      const node = this.#nodes[child] as Node;
      return node.kind === kind ? node.children : [child];
    });
    const parts = [...new Set(flat)].toSorted((a, b) => a - b);
    if (parts.length === 1) return parts[0] as number;
    return this.#intern(`${kind} ${parts.join()}`, { kind, children: parts });
  }

  #intern(key: string, node: Node): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#nodes.length;
      this.#nodes.push(node);
      this.#numbers.set(key, number);
    }
    return number;
  }
}
