import type { Leaf } from '../compare/condition.ts';
import { fieldSource, type FieldSource } from '../fields/field-source.ts';
import type { FieldReference, RightSide, TransformerArgument } from '../filter/ast.ts';
import type { Plan } from './plan.ts';

/** Something that conditions ask and that a trace may not carry. */
export interface Need {
  /** The field without its argument. */
  readonly field: string;
  readonly source: FieldSource;
  /** Nodes of the plan's graph that ask for it. */
  readonly nodes: readonly number[];
}

const known = new WeakMap<Plan, readonly Need[]>();

/** What the conditions of a plan ask that a trace may not carry. */
export function needsOf(plan: Plan): readonly Need[] {
  let needs = known.get(plan);
  if (needs === undefined) known.set(plan, (needs = findNeeds(plan)));
  return needs;
}

function findNeeds(plan: Plan): readonly Need[] {
  const needs = new Map<string, { field: string; source: FieldSource; nodes: number[] } | undefined>();
  for (let node = 0; node < plan.graph.size; node++) {
    for (const leaf of plan.leavesOf(node)) {
      for (const { name, argument } of fieldsOf(leaf)) {
        const field = name === 'evt.arg' ? `evt.arg[${argument}]` : name;
        if (!needs.has(field)) {
          const source = fieldSource(name, argument);
          needs.set(field, source && { field, source, nodes: [] });
        }
        const nodes = needs.get(field)?.nodes;
        if (nodes !== undefined && nodes.at(-1) !== node) nodes.push(node);
      }
    }
  }
  return [...needs.values()].filter((need) => need !== undefined);
}

/** Every plain field that a check reads, on either side and inside transformers. */
export function fieldsOf({ check }: Leaf): FieldReference[] {
  const fields: FieldReference[] = [];
  const open: (RightSide | TransformerArgument)[] = [check.left];
  if (check.right !== undefined) open.push(check.right);
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (part.kind === 'field') fields.push(part);
    else if (part.kind === 'transformer') open.push(...part.args);
    else if (part.kind === 'transformer-list') open.push(...part.items);
  }
  return fields;
}
