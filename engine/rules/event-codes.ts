import type { Check, Expression, Operand, Transformer, TransformerArgument } from '../filter/ast.ts';
import { fold } from '../filter/fold.ts';
import type { ByteString } from '../model/byte-string.ts';
import { EVENT_TYPES, eventCode } from '../model/event-types.ts';
import { SYSCALL_NAMES } from '../model/syscalls.ts';
import { ALL, CodeSet, NONE } from './code-set.ts';

/** Event codes on which an expression can hold, and on which its opposite can. */
export interface Codes {
  readonly holds: CodeSet;
  readonly fails: CodeSet;
}

const ANY: Codes = { holds: ALL, fails: ALL };
const NEVER_FAILS: Codes = { holds: ALL, fails: NONE };

/** What the analysis of an expression remembers of its parts; shared between conditions that share macros. */
export type KnownCodes = Map<Expression, Codes>;

/**
 * The event codes on which a condition can hold, as Falco computes them: `evt.type` and `syscall.type` compared by `=`,
 * `!=` or `in` say which, `and` and `or` intersect and unite, and any other check can hold on all, whether negated or not.
 */
export function eventCodes(expression: Expression, known: KnownCodes): CodeSet {
  const codes = fold<Codes>(
    expression,
    {
      check: codesOfCheck,
      macro: () => ANY,
      not: ({ holds, fails }) => ({ holds: fails, fails: holds }),
      and: (children) => combine(children, 'intersection', 'union'),
      or: (children) => combine(children, 'union', 'intersection'),
    },
    known,
  );
  return codes.holds;
}

function combine(
  children: readonly Codes[],
  holding: 'union' | 'intersection',
  failing: 'union' | 'intersection',
): Codes {
  const [first, ...rest] = children as [Codes, ...Codes[]];
  let { holds, fails } = first;
  for (const child of rest) {
    holds = holds[holding](child.holds);
    fails = fails[failing](child.fails);
  }
  return { holds, fails };
}

function codesOfCheck(check: Check): Codes {
  const { left, operator, modifier, right } = check;
  if (operator === 'exists') return isEventType(left) ? NEVER_FAILS : ANY;
  if (modifier !== undefined || (operator !== '=' && operator !== '!=' && operator !== 'in')) return ANY;
  // A constant that ends the arguments of a transformer makes Falco believe that the check names event types.
  if (left.kind === 'transformer') return endsInConstant(left) ? NEVER_FAILS : ANY;
  if (!isEventType(left)) return ANY;
  const names =
    right?.kind === 'list' ? right.items.map(({ text }) => text) : right?.kind === 'constant' ? [right.text] : [];
  const named = codesOfNames(names);
  const others = named.complement();
  return operator === '!=' ? { holds: others, fails: named } : { holds: named, fails: others };
}

function isEventType(operand: Operand): boolean {
  if (operand.kind !== 'field' || operand.argument !== undefined) return false;
  return operand.name === 'evt.type' || operand.name === 'syscall.type';
}

function endsInConstant(transformer: Transformer): boolean {
  return lastLeaf(transformer) === 'constant';
}

/** The kind of the last thing in the parentheses of a transformer; an empty list is nothing. */
function lastLeaf(argument: TransformerArgument): 'constant' | 'field' | undefined {
  if (argument.kind === 'constant' || argument.kind === 'field') return argument.kind;
  const inside = argument.kind === 'transformer' ? argument.args : argument.items;
  for (let i = inside.length - 1; i >= 0; i--) {
    const last = lastLeaf(inside[i] as TransformerArgument);
    if (last !== undefined) return last;
  }
  return undefined;
}

/** Codes below this are those of events that stand for syscalls without an event of their own. */
const FIRST_NAMED = 2;
const GENERIC: readonly number[] = [eventCode('GENERIC_E'), eventCode('GENERIC_X')];

const BY_NAME = new Map<ByteString, number[]>();
for (const { name, code } of EVENT_TYPES) {
  if (code >= FIRST_NAMED) BY_NAME.set(name, [...(BY_NAME.get(name) ?? []), code]);
}
const SYSCALLS: ReadonlySet<string> = new Set(SYSCALL_NAMES);

/** The codes of event names; a syscall without an event of its own has the generic ones, any other name none. */
function codesOfNames(names: readonly ByteString[]): CodeSet {
  return CodeSet.of(names.flatMap((name) => BY_NAME.get(name) ?? (SYSCALLS.has(name) ? GENERIC : [])));
}
