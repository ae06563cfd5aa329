import type { TraceProcess } from '../judge/protocol.ts';

/** A process in the tree, with how deep it is. */
export interface TreeRow {
  /** Its place in the list of processes. */
  readonly place: number;
  readonly depth: number;
  readonly process: TraceProcess;
  /** Alerts of its own. */
  readonly alerts: number;
}

/** Processes as a tree, children under their parents in the order in which they begin. Parents may come later in the list. */
export function treeOf(processes: readonly TraceProcess[], alerts: ReadonlyMap<number, number>): TreeRow[] {
  const children = new Map<number, number[]>();
  processes.forEach(({ parent }, place) => {
    const key = parent === place ? -1 : parent;
    const own = children.get(key);
    if (own === undefined) children.set(key, [place]);
    else own.push(place);
  });
  const rows: TreeRow[] = [];
  const seen = new Set<number>();
  // In a damaged trace parents may go in a circle: whoever was not come to begins a tree of his own.
  const roots = [...(children.get(-1) ?? []), ...processes.keys()];
  for (const root of roots) {
    const stack = [{ place: root, depth: 0 }];
    for (let due = stack.pop(); due !== undefined; due = stack.pop()) {
      const { place, depth } = due;
      if (seen.has(place)) continue;
      seen.add(place);
      rows.push({ place, depth, process: processes[place] as TraceProcess, alerts: alerts.get(place) ?? 0 });
      for (const child of (children.get(place) ?? []).toReversed()) stack.push({ place: child, depth: depth + 1 });
    }
  }
  return rows;
}
