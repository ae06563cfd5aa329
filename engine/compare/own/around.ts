import type { Check } from '../../filter/ast.ts';
import { fromUnicode } from '../../model/byte-string.ts';
import type { Moment } from '../../state/moment.ts';
import { parseNumber } from '../number-constant.ts';
import type { RightConstants } from '../right-constants.ts';
import { Refusal } from '../refusal.ts';

const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

/** `evt.around[T] = D`: the event is at most D milliseconds from T, in nanoseconds since the epoch. */
export function around(check: Check, { constants }: RightConstants): ((moment: Moment) => boolean) | Refusal {
  if (check.operator !== '=' && check.operator !== 'exists') {
    return new Refusal("evt.around supports only '=' comparison operator");
  }
  const written = check.left.kind === 'field' ? (check.left.argument ?? '') : '';
  const center = parseNumber(fromUnicode(written), 'UINT64');
  if (center instanceof Refusal) return center;
  const time = BigInt(center);
  const distance = BigInt.asUintN(64, BigInt((constants.at(-1) as number | bigint) ?? 0) * NANOSECONDS_PER_MILLISECOND);
  return ({ event }) => {
    const now = event.time();
    return time >= BigInt.asUintN(64, now - distance) && time <= BigInt.asUintN(64, now + distance);
  };
}
