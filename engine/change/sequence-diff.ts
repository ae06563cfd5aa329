import { MAX_SEQUENCE_EDITS } from '../model/limits.ts';

/** A stretch of one sequence that stands in place of a stretch of another; either may be empty. Ends are exclusive. */
export interface Hunk {
  readonly fromStart: number;
  readonly fromEnd: number;
  readonly toStart: number;
  readonly toEnd: number;
}

/**
 * The stretches in which two sequences differ, in order, as few elements as can be (Myers, "An O(ND) Difference
 * Algorithm"). Sequences that differ in more than `MAX_SEQUENCE_EDITS` elements are one stretch.
 */
export function sequenceDiff(from: readonly string[], to: readonly string[]): Hunk[] {
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start++;
  let end = 0;
  const most = Math.min(from.length, to.length) - start;
  while (end < most && from[from.length - 1 - end] === to[to.length - 1 - end]) end++;
  const middle = shortestScript(from.slice(start, from.length - end), to.slice(start, to.length - end));
  return middle.map((hunk) => ({
    fromStart: hunk.fromStart + start,
    fromEnd: hunk.fromEnd + start,
    toStart: hunk.toStart + start,
    toEnd: hunk.toEnd + start,
  }));
}

function shortestScript(from: readonly string[], to: readonly string[]): Hunk[] {
  if (from.length === 0 && to.length === 0) return [];
  const rounds = reach(from, to);
  if (rounds === undefined) return [{ fromStart: 0, fromEnd: from.length, toStart: 0, toEnd: to.length }];
  return hunksOf(trace(rounds, from.length, to.length), from.length, to.length);
}

/** For each number of edits, how far along `from` each diagonal gets; undefined when too many are needed. */
function reach(from: readonly string[], to: readonly string[]): Int32Array[] | undefined {
  const most = Math.min(MAX_SEQUENCE_EDITS, from.length + to.length);
  const rounds: Int32Array[] = [];
  let furthest = new Int32Array(2 * most + 3);
  for (let edits = 0; edits <= most; edits++) {
    const before = furthest;
    furthest = before.slice();
    for (let k = -edits; k <= edits; k += 2) {
      const at = k + most + 1;
      const down = k === -edits || (k !== edits && (before[at - 1] as number) < (before[at + 1] as number));
      let x = edits === 0 ? 0 : down ? (before[at + 1] as number) : (before[at - 1] as number) + 1;
      while (x < from.length && x - k < to.length && from[x] === to[x - k]) x++;
      furthest[at] = x;
      if (x < from.length || x - k < to.length) continue;
      rounds.push(furthest);
      return rounds;
    }
    rounds.push(furthest);
  }
  return undefined;
}

/** Pairs of equal elements, last first, found by going back. */
function trace(rounds: readonly Int32Array[], fromLength: number, toLength: number): [number, number][] {
  const pairs: [number, number][] = [];
  const middle = ((rounds[0] as Int32Array).length - 1) / 2;
  let x = fromLength;
  let y = toLength;
  for (let edits = rounds.length - 1; edits > 0; edits--) {
    const before = rounds[edits - 1] as Int32Array;
    const k = x - y;
    const at = k + middle;
    const down = k === -edits || (k !== edits && (before[at - 1] as number) < (before[at + 1] as number));
    const lastX = before[down ? at + 1 : at - 1] as number;
    const lastY = lastX - (down ? k + 1 : k - 1);
    const startX = down ? lastX : lastX + 1;
    while (x > startX) pairs.push([--x, --y]);
    x = lastX;
    y = lastY;
  }
  while (x > 0 && y > 0) pairs.push([--x, --y]);
  return pairs;
}

function hunksOf(pairs: readonly [number, number][], fromLength: number, toLength: number): Hunk[] {
  const hunks: Hunk[] = [];
  let fromStart = 0;
  let toStart = 0;
  for (const [x, y] of [...pairs.toReversed(), [fromLength, toLength] as const]) {
    if (x > fromStart || y > toStart) hunks.push({ fromStart, fromEnd: x, toStart, toEnd: y });
    fromStart = x + 1;
    toStart = y + 1;
  }
  return hunks;
}
