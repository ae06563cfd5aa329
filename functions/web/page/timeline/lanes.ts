import type { TraceColumns } from '../judge/protocol.ts';

/** What the rows of the timeline are. */
export type LaneMode = 'process' | 'type';

/** Rows of the timeline, and the row of each event. */
export interface Lanes {
  readonly labels: readonly string[];
  /** One for each event, by place. */
  readonly ofEvent: Uint8Array;
}

/** Rows that are shown; everything else shares one more. */
const MOST_LANES = 7;

/**
 * Puts events into rows: by process, or by type of event. What has alerts comes before what only is frequent; rows are in
 * the order in which they begin.
 *
 * @param alerted places of events with an alert
 */
export function lanesOf(columns: TraceColumns, mode: LaneMode, alerted: ReadonlySet<number>): Lanes {
  const { owners, types, processes, typeNames } = columns;
  const keys = mode === 'process' ? owners : types;
  const count = mode === 'process' ? processes.length + 1 : typeNames.length;
  const offset = mode === 'process' ? 1 : 0;
  const weights = new Float64Array(count);
  const first = new Int32Array(count).fill(-1);
  for (let at = 0; at < keys.length; at++) {
    const key = (keys[at] as number) + offset;
    weights[key] = (weights[key] as number) + 1;
    if (first[key] === -1) first[key] = at;
  }
  for (const at of alerted)
    weights[(keys[at] as number) + offset] = (weights[(keys[at] as number) + offset] as number) + 1e9;
  const some = [...weights.keys()].filter((key) => (weights[key] as number) > 0);
  const kept = some.toSorted((a, b) => (weights[b] as number) - (weights[a] as number)).slice(0, MOST_LANES);
  kept.sort((a, b) => (first[a] as number) - (first[b] as number));
  const laneOf = new Uint8Array(count).fill(kept.length);
  kept.forEach((key, lane) => (laneOf[key] = lane));
  const labels = kept.map((key) => (mode === 'process' ? processLabel(columns, key - 1) : (typeNames[key] as string)));
  if (some.length > kept.length) labels.push(`${some.length - kept.length} others`);
  const ofEvent = new Uint8Array(keys.length);
  for (let at = 0; at < keys.length; at++) ofEvent[at] = laneOf[(keys[at] as number) + offset] as number;
  return { labels, ofEvent };
}

/** Programs that a process was, shortly: `sh → id`. */
export function processLabel({ processes }: TraceColumns, place: number): string {
  const names = processes[place]?.names;
  if (names === undefined) return 'no process';
  return names.length <= 2 ? names.join(' → ') : `${names[0]} → … ${names.at(-1)}`;
}
