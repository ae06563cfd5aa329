import { toUnicode } from '../model/byte-string.ts';
import { MANY, type AlertPattern, type Count, type Expectation } from '../scenario/expect.ts';

/** An expectation in words: `alert 'X' at least 2 times, by shell`. */
export function expectationText(expectation: Expectation): string {
  switch (expectation.kind) {
    case 'alert':
      return `alert '${expectation.rule}' ${countText(expectation.count)}${patternText(expectation)}`;
    case 'no alert':
      return `no alert '${expectation.rule}'${patternText(expectation)}`;
    case 'alerts':
      return expectation.count === 1 ? '1 alert in all' : `${expectation.count} alerts in all`;
    case 'in order':
      return `in order: ${expectation.alerts.map((alert) => `'${alert.rule}'${patternText(alert)}`).join(', then ')}`;
    case 'no other alerts':
      return 'no other alerts';
  }
}

/** What a pattern asks beside the rule. */
function patternText({ by, priority, output, contains, fields, window }: AlertPattern): string {
  return [
    ...(by === undefined ? [] : [`by ${toUnicode(by)}`]),
    ...(priority === undefined ? [] : [`priority ${priority}`]),
    ...(output === undefined ? [] : [`output '${output}'`]),
    ...contains.map((part) => `containing '${part}'`),
    ...[...fields].map(([field, value]) => `with ${toUnicode(field)}=${value}`),
    ...(window === undefined ? [] : [timeText(window)]),
  ]
    .map((part) => `, ${part}`)
    .join('');
}

function countText({ least, most }: Count): string {
  if (least === most) return timesText(least);
  if (most === MANY) return `at least ${timesText(least)}`;
  return least === 0 ? `at most ${timesText(most)}` : `${least} to ${timesText(most)}`;
}

/** `once`, `3 times`. */
export function timesText(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

/** A length of time, or a window of two. */
export function timeText(time: bigint | readonly [from: bigint, until: bigint]): string {
  if (typeof time !== 'bigint') {
    const [from, until] = time;
    if (until >= 1n << 63n) return `after ${timeText(from)} or later`;
    return from === 0n ? `within ${timeText(until)}` : `between ${timeText(from)} and ${timeText(until)}`;
  }
  const [unit, size] = UNITS.find(([, length]) => time >= length) ?? ['ns', 1n];
  const hundredths = (time * 100n) / size;
  const fraction = String(hundredths % 100n)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${hundredths / 100n}${fraction === '' ? '' : `.${fraction}`}${unit}`;
}

const UNITS: readonly (readonly [string, bigint])[] = [
  ['h', 3_600_000_000_000n],
  ['m', 60_000_000_000n],
  ['s', 1_000_000_000n],
  ['ms', 1_000_000n],
  ['us', 1_000n],
];
