/** Code points of a bracket expression as pairs `[low, high]`. */
export type Ranges = readonly (readonly [number, number])[];

/** The greatest code point. */
export const MAX_RUNE = 0x10ffff;

const UPPER = [0x41, 0x5a] as const;
const LOWER = [0x61, 0x7a] as const;
const DIGIT = [0x30, 0x39] as const;

/** The named classes that RE2 knows between `[:` and `:]`. */
const POSIX_CLASSES: Readonly<Record<string, Ranges>> = {
  alnum: [DIGIT, UPPER, LOWER],
  alpha: [UPPER, LOWER],
  ascii: [[0, 0x7f]],
  blank: [
    [0x09, 0x09],
    [0x20, 0x20],
  ],
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  digit: [DIGIT],
  graph: [[0x21, 0x7e]],
  lower: [LOWER],
  print: [[0x20, 0x7e]],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  space: [
    [0x09, 0x0d],
    [0x20, 0x20],
  ],
  upper: [UPPER],
  word: [DIGIT, UPPER, [0x5f, 0x5f], LOWER],
  xdigit: [DIGIT, [0x41, 0x46], [0x61, 0x66]],
};

/** The code points of `[:name:]` or `[:^name:]`; undefined for a name that RE2 does not know. */
export function posixClass(name: string): Ranges | undefined {
  const negated = name.startsWith('^');
  const plain = negated ? name.slice(1) : name;
  const ranges = Object.hasOwn(POSIX_CLASSES, plain) ? POSIX_CLASSES[plain] : undefined;
  return ranges !== undefined && negated ? complement(ranges) : ranges;
}

/** All code points that are not in `ranges`. */
export function complement(ranges: Ranges): Ranges {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (low > next) rest.push([next, low - 1]);
    next = Math.max(next, high + 1);
  }
  if (next <= MAX_RUNE) rest.push([next, MAX_RUNE]);
  return rest;
}
