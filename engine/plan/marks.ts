import type { Graph } from './graph.ts';
import { OPEN } from './type-classes.ts';

/**
 * Carries marks of leaves up to every node that can depend on them: bits by node id, or-ed. A node that the event type
 * decides depends on nothing.
 *
 * @param folded what the event type says of each node
 * @param ofLeaf bits by node id; those of conjunctions don't count
 */
export function spreadMarks(graph: Graph, folded: Uint8Array, ofLeaf: Int32Array): Int32Array {
  const marks = new Int32Array(folded.length);
  // Children come before their parents.
  for (let id = 1; id < marks.length; id++) {
    if (folded[id] !== OPEN) continue;
    const children = graph.children[id];
    if (children === undefined) marks[id] = ofLeaf[id] as number;
    else for (const child of children) marks[id] = (marks[id] as number) | (marks[child >> 1] as number);
  }
  return marks;
}
