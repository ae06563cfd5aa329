import type { Check, Expression, Operand, TransformerArgument } from '../filter/ast.ts';
import { eachLeaf } from '../filter/fold.ts';

/** A check that Falco can't search for event codes, which ends it, and what it says then. */
export interface SearchProblem {
  readonly check: Check;
  readonly message: string;
}

/**
 * Falco collects the event types that a condition names after it has compiled it, and ends where `evt.type` or
 * `syscall.type` is compared with a field or stands in a transformer. Only for the operators it looks at.
 */
export function findSearchProblem(expression: Expression): SearchProblem | undefined {
  let found: SearchProblem | undefined;
  eachLeaf(expression, (leaf) => {
    if (found !== undefined || leaf.kind !== 'check') return;
    const message = problemOf(leaf);
    if (message !== undefined) found = { check: leaf, message };
  });
  return found;
}

function problemOf({ operator, modifier, left, right }: Check): string | undefined {
  const narrows = modifier === undefined && (operator === '=' || operator === '!=' || operator === 'in');
  if (!narrows && operator !== 'exists') return undefined;
  if (left.kind === 'transformer') {
    return transformsEventType(left)
      ? 'event code search does not support `evt.type` checks with transformers'
      : undefined;
  }
  const isRead = right?.kind === 'field' || right?.kind === 'transformer';
  return isEventType(left) && isRead
    ? 'right-hand field comparisons on `evt.type`/`syscall.type` checks are not supported by event code search'
    : undefined;
}

function isEventType(operand: Operand): boolean {
  if (operand.kind !== 'field' || operand.argument !== undefined) return false;
  return operand.name === 'evt.type' || operand.name === 'syscall.type';
}

/** Of a list only the last element is looked at. */
function transformsEventType(argument: TransformerArgument): boolean {
  if (argument.kind === 'transformer') return argument.args.some((arg) => endsInEventType(arg));
  return false;
}

function endsInEventType(argument: TransformerArgument): boolean {
  if (argument.kind === 'field') return isEventType(argument);
  if (argument.kind === 'transformer') return transformsEventType(argument);
  if (argument.kind === 'constant') return false;
  const last = argument.items.at(-1);
  return argument.items.some((item) => item.kind === 'transformer' && transformsEventType(item))
    ? true
    : last !== undefined && endsInEventType(last);
}
