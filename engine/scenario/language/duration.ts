import { toUnicode } from '../../model/byte-string.ts';
import type { Kind } from './kind.ts';
import { refuse } from './scalars.ts';

/** Nanoseconds of each unit. */
const UNITS: ReadonlyMap<string, bigint> = new Map(
  Object.entries({
    ns: 1n,
    us: 1_000n,
    ms: 1_000_000n,
    s: 1_000_000_000n,
    m: 60_000_000_000n,
    h: 3_600_000_000_000n,
    d: 86_400_000_000_000n,
  }),
);

/** What people write for a unit, and what it is here. */
const MEANT: readonly (readonly [RegExp, string])[] = [
  [/^n/, 'ns'],
  [/^(us|mic|µ)/, 'us'],
  [/^(ms|mil)/, 'ms'],
  [/^s/, 's'],
  [/^m/, 'm'],
  [/^h/, 'h'],
  [/^d/, 'd'],
];

/** Longer than any story; keeps times within what a capture holds. */
const MAX_NANOSECONDS = 366n * 86_400_000_000_000n;

/** A length of time such as `500ms`, `5s` or `2m`, in nanoseconds. */
export const duration: Kind<bigint> = {
  schema: { type: ['string', 'integer'], pattern: '^(0|\\d+(\\.\\d+)?(ns|us|ms|s|m|h|d))$' },
  read: (reader, node, what) => {
    const value = reader.text(node, what);
    if (value === undefined || value === '0') return value === undefined ? undefined : 0n;
    const parts = /^(\d{1,15})(?:\.(\d{1,9}))?\s*([^\d\s]*)$/.exec(toUnicode(value).trim());
    const [, whole = '', fraction = '', unit = ''] = parts ?? [];
    const factor = UNITS.get(unit);
    if (parts === null || factor === undefined) {
      const hint = parts === null ? 'for instance 5s, 500ms or 2m' : suggestUnit(whole, fraction, unit);
      return refuse(reader, node, `${what} must be a length of time, not '${toUnicode(value)}'`, hint);
    }
    const length = BigInt(whole) * factor + (BigInt(fraction.padEnd(9, '0')) * factor) / 1_000_000_000n;
    return length <= MAX_NANOSECONDS ? length : refuse(reader, node, `${what} must be less than a year`);
  },
};

function suggestUnit(whole: string, fraction: string, unit: string): string {
  const number = fraction === '' ? whole : `${whole}.${fraction}`;
  if (unit === '') return `say the unit: '${number}s' or '${number}ms'`;
  const meant = MEANT.find(([form]) => form.test(unit.toLowerCase()));
  return meant === undefined ? 'units are ns, us, ms, s, m, h and d' : `did you mean '${number}${meant[1]}'?`;
}
