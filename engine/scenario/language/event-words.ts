import { EVENT_TYPES, eventCode } from '../../model/event-types.ts';
import type { Kind } from './kind.ts';
import { list } from './collections.ts';
import { word } from './scalars.ts';

/**
 * The named values of an event's parameter, from the event table: `PTRACE_ATTACH` of ptrace's `request`. A story uses
 * the very words that a rule compares with.
 */
export function eventWords(symbol: string, parameter: string): Readonly<Record<string, number>> {
  const param = EVENT_TYPES[eventCode(symbol)]?.params.find((candidate) => candidate.name === parameter);
  const flags = param?.info?.flags;
  if (flags === undefined) throw new Error(`${symbol} has no named values of ${parameter}`);
  return Object.fromEntries(flags);
}

/** One named value of an event's parameter. */
function eventWord(noun: string, symbol: string, parameter: string): Kind<number> {
  return word(noun, eventWords(symbol, parameter));
}

/** Flags of an event's parameter, one or a list, as the number that holds them all. */
export function eventFlags(noun: string, symbol: string, parameter: string): Kind<number> {
  const each = list(eventWord(noun, symbol, parameter));
  return {
    schema: each.schema,
    read: (reader, node, what) => each.read(reader, node, what)?.reduce((all, flag) => (all | flag) >>> 0, 0),
  };
}
