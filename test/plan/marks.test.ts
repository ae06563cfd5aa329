import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Condition, Leaf } from '../../engine/compare/condition.ts';
import { decide } from '../../engine/match/naive-match.ts';
import { planOf } from '../../engine/plan/plan.ts';
import { arbitraryCondition, arbitraryStory, madeUpLeaves, playStory } from '../match/arbitrary-conditions.ts';

// The event type itself is never in doubt.
const doubtful = madeUpLeaves().filter(({ subject }) => subject !== 'type');

it('a rule depends on no leaf but those whose marks it is given', () => {
  fc.assert(
    fc.property(arbitraryCondition(), fc.constantFrom(...doubtful), arbitraryStory, (condition, leaf, story) => {
      const plan = planOf([{ condition, eventCodes: undefined }]);
      const marks = new Int32Array(plan.graph.size);
      for (let node = 0; node < plan.graph.size; node++) {
        if (plan.leavesOf(node).some(({ key }) => key === leaf.key)) marks[node] = 1;
      }
      const otherwise = withLeaf(condition, leaf.key, flipped);
      playStory(story, (moment) => {
        const [mark] = plan.marksOfRules(moment.event.type, marks);
        if (mark === 0) expect(decide(otherwise, moment)).toBe(decide(condition, moment));
      });
    }),
    { numRuns: 500 },
  );
});

it('a rule is given the marks of the leaves that it depends on', () => {
  const [leaf] = doubtful as [Leaf];
  const type = madeUpLeaves().find(({ subject }) => subject === 'type') as Leaf;
  const both: Condition = { kind: 'and', children: [type, leaf] };
  const plan = planOf([
    { condition: both, eventCodes: undefined },
    { condition: leaf, eventCodes: new Set([3]) },
  ]);
  const marks = Int32Array.from({ length: plan.graph.size }, (_, node) => (plan.leavesOf(node).includes(leaf) ? 4 : 0));
  for (const code of [2, 3, 4, 5]) {
    expect(plan.marksOfRules(code, marks)).toEqual([type.decideType?.(code) === true ? 4 : 0, code === 3 ? 4 : 0]);
  }
});

function flipped(leaf: Leaf): Leaf {
  const { eventTypes } = leaf;
  return { ...leaf, decide: (moment) => eventTypes?.has(moment.event.type) !== false && !leaf.decide(moment) };
}

function withLeaf(condition: Condition, key: string, change: (leaf: Leaf) => Leaf): Condition {
  if (condition.kind === 'leaf') return condition.key === key ? change(condition) : condition;
  if (condition.kind === 'not') return { kind: 'not', child: withLeaf(condition.child, key, change) };
  return { kind: condition.kind, children: condition.children.map((child) => withLeaf(child, key, change)) };
}
