import type { Expression, Operand, TransformerArgument } from '../filter/ast.ts';

/** Names of all fields that an expression reads, on either side; with the argument where one is written. */
export function fieldsOf(expression: Expression): Set<string> {
  const found = new Set<string>();
  walk(expression, found);
  return found;
}

function walk(expression: Expression, found: Set<string>): void {
  if (expression.kind === 'and' || expression.kind === 'or') {
    for (const child of expression.children) walk(child, found);
  } else if (expression.kind === 'not') walk(expression.child, found);
  else if (expression.kind === 'check') {
    note(expression.left, found);
    const { right } = expression;
    if (right?.kind === 'field' || right?.kind === 'transformer') note(right, found);
  }
}

function note(operand: Operand | TransformerArgument, found: Set<string>): void {
  if (operand.kind === 'field') {
    found.add(operand.name);
    if (operand.argument !== undefined) found.add(`${operand.name}[${operand.argument}]`);
  } else if (operand.kind === 'transformer') for (const argument of operand.args) note(argument, found);
  else if (operand.kind === 'transformer-list') for (const item of operand.items) note(item, found);
}
