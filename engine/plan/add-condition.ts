import type { Condition } from '../compare/condition.ts';
import { not, type Graph, type Ref } from './graph.ts';

/** A condition whose children are being added. */
interface Open {
  readonly condition: Exclude<Condition, { kind: 'leaf' }>;
  readonly parts: Ref[];
}

/**
 * Adds a condition to the graph, however deep it is.
 *
 * @param known references of conditions that were added before: rules share what came from the same macro
 */
export function addCondition(graph: Graph, root: Condition, known: Map<Condition, Ref>): Ref {
  const open: Open[] = [];
  let condition: Condition = root;
  for (;;) {
    let ref = known.get(condition);
    if (ref === undefined && condition.kind !== 'leaf' && childCount(condition) > 0) {
      open.push({ condition, parts: [] });
      condition = childAt(condition, 0);
      continue;
    }
    if (ref === undefined) {
      ref = condition.kind === 'leaf' ? graph.leaf(condition) : close(graph, { condition, parts: [] });
      known.set(condition, ref);
    }
    for (;;) {
      const parent = open.at(-1);
      if (parent === undefined) return ref;
      parent.parts.push(ref);
      if (parent.parts.length < childCount(parent.condition)) {
        condition = childAt(parent.condition, parent.parts.length);
        break;
      }
      open.pop();
      ref = close(graph, parent);
      known.set(parent.condition, ref);
    }
  }
}

function close(graph: Graph, { condition, parts }: Open): Ref {
  if (condition.kind === 'not') return not(parts[0] as Ref);
  if (condition.kind === 'and') return graph.and(graph.flatten(parts));
  return not(graph.and(graph.flatten(parts.map(not))));
}

function childCount(condition: Open['condition']): number {
  return condition.kind === 'not' ? 1 : condition.children.length;
}

function childAt(condition: Open['condition'], index: number): Condition {
  return condition.kind === 'not' ? condition.child : (condition.children[index] as Condition);
}
