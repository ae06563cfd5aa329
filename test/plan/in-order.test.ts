import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition, Leaf } from '../../engine/compare/condition.ts';
import { Matcher } from '../../engine/match/matcher.ts';
import { naiveMatch } from '../../engine/match/naive-match.ts';
import { planOf } from '../../engine/plan/plan.ts';
import { arbitraryCondition, arbitraryStory, madeUpLeaves, playStory } from '../match/arbitrary-conditions.ts';

/** A leaf that holds every other time it is decided. */
function alternating(): Leaf {
  let holds = false;
  return {
    ...(madeUpLeaves()[3] as Leaf),
    key: 'alternating',
    inOrder: true,
    decide: () => (holds = !holds),
  };
}

/** The condition with every third leaf replaced. */
function withLeaf(condition: Condition, leaf: Leaf, count = { leaves: 0 }): Condition {
  if (condition.kind === 'leaf') return ++count.leaves % 3 === 0 ? leaf : condition;
  if (condition.kind === 'not') return { kind: 'not', child: withLeaf(condition.child, leaf, count) };
  return { kind: condition.kind, children: condition.children.map((child) => withLeaf(child, leaf, count)) };
}

describe('a leaf whose verdict depends on when it is asked', () => {
  it('is asked exactly when the plain walk asks it', () => {
    fc.assert(
      fc.property(arbitraryCondition(), arbitraryStory, (condition, story) => {
        const plain = [{ condition: withLeaf(condition, alternating()), eventCodes: undefined }];
        const planned = [{ condition: withLeaf(condition, alternating()), eventCodes: undefined }];
        const matcher = new Matcher(planOf(planned), 'all');
        playStory(story, (moment) => {
          expect([...matcher.match(moment)]).toEqual(naiveMatch(plain, moment, 'all'));
        });
      }),
      { numRuns: 300 },
    );
  });
});
