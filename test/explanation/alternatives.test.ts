import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition, Leaf } from '../../engine/compare/condition.ts';
import { Changes } from '../../engine/explanation/changes.ts';
import { outlineOf } from '../../engine/explanation/outline.ts';
import { Verdicts } from '../../engine/explanation/verdicts.ts';
import { arbitraryCondition, arbitraryStory, playStory } from '../match/arbitrary-conditions.ts';

describe('the alternatives of a change', () => {
  it('are as many as there are other checks that turn the verdict alone', () => {
    let looked = 0;
    fc.assert(
      fc.property(arbitraryCondition(), arbitraryStory, (condition, story) => {
        const outline = outlineOf({ condition });
        const leaves = [
          ...new Map(
            outline.nodes.filter(({ leaf }) => leaf !== undefined).map((one) => [one.checkNumber, one]),
          ).values(),
        ];
        const [verdicts, scratch] = [new Verdicts(outline), new Verdicts(outline)];
        const changes = new Changes(verdicts, new Verdicts(outline));
        playStory(story.slice(0, 10), (moment) => {
          verdicts.decide(moment);
          const found = changes.least(moment.event.type);
          if (found?.length !== 1) return;
          const turning = leaves.filter(({ leaf, checkNumber }) => {
            const holds = verdicts.checkHolds[checkNumber] === 1;
            const isFixed = fixedAt(leaf as Leaf, moment.event.type, holds);
            scratch.checkHolds.set(verdicts.checkHolds);
            scratch.checkHolds[checkNumber] = holds ? 0 : 1;
            scratch.settle();
            return !isFixed && scratch.whole !== verdicts.whole;
          });
          looked++;
          const alternatives = changes.alternatives().get(found[0] as number) ?? 0;
          // Where a check is written twice, some may not be found; none is told that would not do.
          if (isRepeating(condition)) expect(alternatives).toBeLessThan(turning.length);
          else expect(alternatives).toBe(turning.length - 1);
        });
      }),
      { numRuns: 400 },
    );
    expect(looked).toBeGreaterThan(0);
  });
});

function isRepeating(condition: Condition): boolean {
  const seen = new Set<string>();
  const visit = (part: Condition): boolean => {
    if (part.kind === 'leaf') return seen.has(part.key) || seen.add(part.key).size === 0;
    return part.kind === 'not' ? visit(part.child) : part.children.some(visit);
  };
  return visit(condition);
}

/** What an event of this type says whatever it is. */
function fixedAt({ subject, variesOn, eventTypes }: Leaf, code: number, holds: boolean): boolean {
  return (subject === 'type' && variesOn?.has(code) !== true) || (!holds && eventTypes?.has(code) === false);
}
