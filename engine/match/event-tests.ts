import type { Leaf } from '../compare/condition.ts';
import type { Graph, NodeSubject, Ref } from '../plan/graph.ts';
import type { Moment } from '../state/moment.ts';
import type { Test } from './branches.ts';
import { testOfLayout, type NodeTests } from './node-tests.ts';
import type { VerdictMemory } from './verdict-memory.ts';

/**
 * Tests for the conditions of one program: a node about the event that several of them need is decided once per event,
 * and a field that several leaves look at is read once.
 */
export function eventTests(
  graph: Graph,
  nodes: NodeTests,
  memory: VerdictMemory,
  roots: readonly Ref[],
): (id: number) => Test<Moment> | undefined {
  const { shared, leaves } = neededNodes(graph, roots);
  const sharedReads = readOnce(graph, memory, leaves);
  const simple = (id: number): Test<Moment> | undefined => sharedReads.get(id) ?? nodes.ofNode(id);
  const tests = new Map<number, Test<Moment>>();
  return (id) => {
    if (!shared.has(id)) return simple(id);
    let test = tests.get(id);
    if (test === undefined) {
      const inner = simple(id) ?? testOfLayout(nodes.lay(id * 2, simple));
      tests.set(id, (test = memory.events.remember(inner)));
    }
    return test;
  };
}

/** Tests of leaves whose field others look at too. */
function readOnce(graph: Graph, memory: VerdictMemory, leaves: readonly number[]): ReadonlyMap<number, Test<Moment>> {
  const byField = new Map<string, number[]>();
  for (const id of leaves) {
    const { field, decideValue } = graph.leaves[id] as Leaf;
    if (decideValue === undefined || field.changesWhenRead === true) continue;
    const others = byField.get(field.name);
    if (others === undefined) byField.set(field.name, [id]);
    else others.push(id);
  }
  const tests = new Map<number, Test<Moment>>();
  for (const ids of byField.values()) {
    if (ids.length < 2) continue;
    const read = memory.events.read((graph.leaves[ids[0] as number] as Leaf).field);
    for (const id of ids) {
      const leaf = graph.leaves[id] as Leaf;
      tests.set(id, (moment) => (leaf.decideValue as NonNullable<Leaf['decideValue']>)(read(moment)));
    }
  }
  return tests;
}

/** What the conditions need about the event: nodes that more than one place needs, and all leaves. */
function neededNodes(
  graph: Graph,
  roots: readonly Ref[],
): { readonly shared: ReadonlySet<number>; readonly leaves: readonly number[] } {
  const seen = new Set<number>([0]);
  const shared = new Set<number>();
  const leaves: number[] = [];
  const stack = roots.map((root) => root >> 1).filter((id) => id !== 0);
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    const subject = graph.subjects[id] as NodeSubject;
    if (subject === 'thread' || subject.startsWith('text:')) continue;
    if (seen.has(id)) {
      shared.add(id);
      continue;
    }
    seen.add(id);
    if (graph.leaves[id] !== undefined) leaves.push(id);
    for (const child of graph.children[id] ?? []) stack.push(child >> 1);
  }
  return { shared, leaves };
}
