import type { Integer } from '../../model/integer.ts';
import { integerOf } from '../../model/integer.ts';
import type { FieldProblem, Reading } from '../field.ts';
import { syntaxProblem } from '../reading.ts';

/**
 * `evt.around[TIME] = MILLISECONDS`. It has no value to show; the candidates are the time asked for and that of the
 * event, both in nanoseconds since the epoch.
 */
export function around(argument: string): Reading | FieldProblem {
  const time = scanUnsigned(argument);
  if (time === undefined) return syntaxProblem(`${argument} is not a valid number`);
  return {
    subject: 'event',
    ownComparison: 'around',
    read: () => undefined,
    candidates: ({ event }) => [time, integerOf(event.time())],
  };
}

/** As C's `scanf("%lu")`: blanks, a sign that wraps, decimal digits; what is beyond 64 bits is the greatest number. */
function scanUnsigned(text: string): Integer | undefined {
  const match = /^[ \t\n\v\f\r]*([+-]?)([0-9]+)$/.exec(text.slice(0, MAX_CHARS));
  if (match === null || text.length > MAX_CHARS) return undefined;
  const value = BigInt(match[2] as string);
  if (value > MAX_UNSIGNED) return MAX_UNSIGNED;
  return integerOf(BigInt.asUintN(64, match[1] === '-' ? -value : value));
}

/** A longer number is a mistake. */
const MAX_CHARS = 64;
const MAX_UNSIGNED = 0xffff_ffff_ffff_ffffn;
