import type { Condition, Leaf } from './condition.ts';

/** Puts other leaves into conditions. Parts that conditions share, as those of a macro, stay shared. */
export class LeafMapping {
  readonly #leafFor: (leaf: Leaf) => Leaf;
  readonly #known = new Map<Condition, Condition>();

  /** @param leafFor is asked once for each leaf */
  constructor(leafFor: (leaf: Leaf) => Leaf) {
    this.#leafFor = leafFor;
  }

  /** The condition with the other leaves. Walks without a call per level. */
  of(root: Condition): Condition {
    const open: Condition[] = [root];
    for (let condition = open.at(-1); condition !== undefined; condition = open.at(-1)) {
      const missing = this.#known.has(condition) ? [] : partsOf(condition).filter((part) => !this.#known.has(part));
      if (missing.length > 0) {
        for (const part of missing) open.push(part);
        continue;
      }
      if (!this.#known.has(condition)) this.#known.set(condition, this.#made(condition));
      open.pop();
    }
    return this.#known.get(root) as Condition;
  }

  #made(condition: Condition): Condition {
    if (condition.kind === 'leaf') return this.#leafFor(condition);
    if (condition.kind === 'not') return { kind: 'not', child: this.#known.get(condition.child) as Condition };
    return { kind: condition.kind, children: condition.children.map((child) => this.#known.get(child) as Condition) };
  }
}

function partsOf(condition: Condition): readonly Condition[] {
  if (condition.kind === 'leaf') return [];
  return condition.kind === 'not' ? [condition.child] : condition.children;
}
