import { not, type Graph, type NodeSubject, type Ref } from './graph.ts';
import { foldedRef } from './type-classes.ts';

/**
 * Roots with everything folded away that the event code decides, and regrouped: the parts of a conjunction that are about
 * one thing become one node, so that a single verdict about that thing can be remembered for all of them.
 *
 * @param folded what the event code says of each node
 */
export function specialise(graph: Graph, folded: Uint8Array, roots: readonly Ref[]): Ref[] {
  const wanted = reachable(graph, folded, roots);
  const special = new Map<number, Ref>();
  const specialRef = (ref: Ref): Ref => {
    const constant = foldedRef(folded, ref);
    if (constant !== undefined) return constant;
    const made = special.get(ref >> 1) as Ref;
    return (ref & 1) === 0 ? made : not(made);
  };
  for (const id of wanted) {
    const children = graph.children[id];
    special.set(id, children === undefined ? id * 2 : regroup(graph, children.map(specialRef)));
  }
  return roots.map(specialRef);
}

/** Nodes that the roots need and the event code leaves open, children first. */
function reachable(graph: Graph, folded: Uint8Array, roots: readonly Ref[]): number[] {
  const isWanted = new Uint8Array(folded.length);
  for (const root of roots) isWanted[root >> 1] = 1;
  const wanted: number[] = [];
  for (let id = folded.length - 1; id > 0; id--) {
    if (isWanted[id] === 0 || folded[id] !== 2) continue;
    wanted.push(id);
    for (const child of graph.children[id] ?? []) isWanted[child >> 1] = 1;
  }
  return wanted.reverse();
}

function regroup(graph: Graph, parts: readonly Ref[]): Ref {
  const groups = new Map<NodeSubject, Ref[]>();
  const rest: Ref[] = [];
  for (const part of graph.flatten(parts)) {
    const subject = graph.subjectOf(part);
    if (subject === 'thread' || subject.startsWith('text:')) {
      const group = groups.get(subject);
      if (group === undefined) groups.set(subject, [part]);
      else group.push(part);
    } else {
      rest.push(part);
    }
  }
  return graph.and([...[...groups.values()].map((group) => graph.and(group)), ...rest]);
}
