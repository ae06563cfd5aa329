import type { And, Check, Expression, MacroReference, Not, Or } from './ast.ts';

/** How each kind of node is turned into a result, given the results of its children. */
export interface Fold<Result> {
  check(check: Check): Result;
  macro(macro: MacroReference): Result;
  not(child: Result, node: Not): Result;
  and(children: readonly Result[], node: And): Result;
  or(children: readonly Result[], node: Or): Result;
}

/** A node whose children are being folded. */
interface Open<Result> {
  readonly node: And | Or | Not;
  readonly results: Result[];
}

/**
 * Turns an expression into a result from the leaves up, in the order in which the condition is written. It needs no
 * call per level: a condition may be thousands of levels deep, more than the stack of a browser holds. Macros are
 * shared between conditions; with `known`, what is shared is folded once.
 */
export function fold<Result>(root: Expression, by: Fold<Result>, known?: Map<Expression, Result>): Result {
  const open: Open<Result>[] = [];
  let node: Expression = root;
  for (;;) {
    let result = known?.get(node);
    if (result === undefined) {
      if (node.kind === 'and' || node.kind === 'or' || node.kind === 'not') {
        open.push({ node, results: [] });
        node = childAt(node, 0);
        continue;
      }
      result = node.kind === 'check' ? by.check(node) : by.macro(node);
      known?.set(node, result);
    }
    for (;;) {
      const parent = open.at(-1);
      if (parent === undefined) return result;
      parent.results.push(result);
      if (parent.results.length < childCount(parent.node)) {
        node = childAt(parent.node, parent.results.length);
        break;
      }
      open.pop();
      result = finish(parent, by);
      known?.set(parent.node, result);
    }
  }
}

function finish<Result>({ node, results }: Open<Result>, by: Fold<Result>): Result {
  if (node.kind === 'not') return by.not(results[0] as Result, node);
  return node.kind === 'and' ? by.and(results, node) : by.or(results, node);
}

function childCount(node: And | Or | Not): number {
  return node.kind === 'not' ? 1 : node.children.length;
}

function childAt(node: And | Or | Not, index: number): Expression {
  return node.kind === 'not' ? node.child : (node.children[index] as Expression);
}

/** Visits every check and macro reference in the order in which they are written. */
export function eachLeaf(root: Expression, visit: (leaf: Check | MacroReference) => void): void {
  const stack: Expression[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === 'check' || node.kind === 'macro') visit(node);
    else if (node.kind === 'not') stack.push(node.child);
    else for (let i = node.children.length - 1; i >= 0; i--) stack.push(node.children[i] as Expression);
  }
}
