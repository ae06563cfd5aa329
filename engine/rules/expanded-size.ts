import type { Expression } from '../filter/ast.ts';
import { fold } from '../filter/fold.ts';
import { MAX_COMPILE_WORK, MAX_CONDITION_DEPTH, MAX_CONDITION_NODES } from '../model/limits.ts';
import type { Context } from './context.ts';
import { LoadError } from './load-error.ts';

/** How large an expression is when what is shared in it is written out. */
interface Size {
  readonly nodes: number;
  readonly depth: number;
}

/** What a rule costs besides its condition, in parts of one. */
const RULE_WORK = 200;
const FEWER_FILES = 'all rules are compiled again after each file; put them into fewer files';

const LEAF: Size = { nodes: 1, depth: 1 };

/** Bounds conditions after macros are in place: a macro that uses another twice would double at each step. */
export class ExpandedSizes {
  #known = new Map<Expression, Size>();
  #rules = 0;
  /** Over all compiles. */
  #work = 0;

  /** Refuses a condition that is too deep or too large by itself. */
  check(expression: Expression, context: Context): void {
    const { nodes, depth } = this.#size(expression);
    if (depth > MAX_CONDITION_DEPTH) {
      const message = `condition is nested more than ${MAX_CONDITION_DEPTH} deep once macros are in place`;
      throw new LoadError('LIMIT_CONDITION_DEPTH', message, context);
    }
    if (nodes > MAX_CONDITION_NODES) throw tooLarge(context);
  }

  /** Refuses a rule that makes all rules together too large. */
  add(expression: Expression, context: Context): void {
    this.check(expression, context);
    const { nodes } = this.#size(expression);
    this.#rules += nodes;
    this.#work += nodes + RULE_WORK;
    if (this.#rules > MAX_CONDITION_NODES) throw tooLarge(context);
    if (this.#work > MAX_COMPILE_WORK) {
      throw new LoadError(
        'LIMIT_COMPILE_WORK',
        'compiling the rules after each file takes too long',
        context,
        FEWER_FILES,
      );
    }
  }

  /** Begins to add up from the start: all rules are compiled again. */
  reset(): void {
    this.#known = new Map();
    this.#rules = 0;
  }

  #size(expression: Expression): Size {
    const chain = (children: readonly Size[]): Size => {
      let nodes = 1;
      let depth = 0;
      for (const child of children) {
        nodes += child.nodes;
        if (child.depth > depth) depth = child.depth;
      }
      return { nodes, depth: depth + 1 };
    };
    const by = { check: () => LEAF, macro: () => LEAF, not: (child: Size) => chain([child]), and: chain, or: chain };
    return fold<Size>(expression, by, this.#known);
  }
}

function tooLarge(context: Context): LoadError {
  const message = `conditions have more than ${MAX_CONDITION_NODES} parts once macros are in place`;
  return new LoadError(
    'LIMIT_CONDITION_NODES',
    message,
    context,
    'macros that use macros multiply; use them less often',
  );
}
