import type { OutlineNode } from './outline.ts';
import type { Verdicts } from './verdicts.ts';

/**
 * How many checks decide each part by themselves, by number of its node: those that, whatever all others say, make it
 * what it is. One failing part decides an `and`, one holding part an `or`; else all parts do.
 */
export function decidingCounts({ outline, holds }: Verdicts): Float64Array {
  const counts = new Float64Array(outline.nodes.length);
  outline.nodes.forEach(({ kind, children, leaf }, i) => {
    if (leaf !== undefined) counts[i] = 1;
    else if (kind === 'not' || kind === 'macro') counts[i] = counts[children[0] as number] as number;
    else if (decidesAlone(kind, holds[i] === 1)) {
      let least = Infinity;
      for (const child of children) if (holds[child] === holds[i]) least = Math.min(least, counts[child] as number);
      counts[i] = least === Infinity ? 0 : least;
    } else counts[i] = children.reduce((sum, child) => sum + (counts[child] as number), 0);
  });
  return counts;
}

/** The parts that decide a part: one where one does, the one that needs the fewest checks; else all. */
export function deciders(
  { kind, children }: OutlineNode,
  verdict: boolean,
  holds: Uint8Array,
  counts: Float64Array,
): readonly number[] {
  if (!decidesAlone(kind, verdict)) return children;
  let best: number | undefined;
  for (const child of children) {
    if (holds[child] !== (verdict ? 1 : 0)) continue;
    if (best === undefined || (counts[child] as number) < (counts[best] as number)) best = child;
  }
  return best === undefined ? [] : [best];
}

function decidesAlone(kind: OutlineNode['kind'], verdict: boolean): boolean {
  return (kind === 'and' && !verdict) || (kind === 'or' && verdict);
}
