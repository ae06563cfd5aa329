import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Matcher } from '../../engine/match/matcher.ts';
import { naiveMatch } from '../../engine/match/naive-match.ts';
import { planOf, type PlannedRule } from '../../engine/plan/plan.ts';
import { arbitraryCondition, arbitraryStory, CODES, madeUpLeaves, playStory } from './arbitrary-conditions.ts';
import type { Condition } from '../../engine/compare/condition.ts';

const arbitraryRules: fc.Arbitrary<PlannedRule[]> = fc.array(
  fc.record({
    condition: arbitraryCondition(),
    eventCodes: fc.option(
      fc.subarray([...CODES]).map((codes) => new Set(codes)),
      { nil: undefined },
    ),
  }),
  { maxLength: 6 },
);

describe('a matcher', () => {
  it.each(['first', 'all'] as const)('finds the rules that the naive one finds, %s', (matching) => {
    fc.assert(
      fc.property(arbitraryRules, arbitraryStory, (rules, story) => {
        const matcher = new Matcher(planOf(rules), matching);
        playStory(story, (moment) => {
          expect([...matcher.match(moment)]).toEqual(naiveMatch(rules, moment, matching));
        });
      }),
      { numRuns: 400 },
    );
  });

  it('wants every event type on which a rule matches', () => {
    fc.assert(
      fc.property(arbitraryRules, arbitraryStory, (rules, story) => {
        const { wantedTypes } = planOf(rules);
        playStory(story, (moment) => {
          if (naiveMatch(rules, moment, 'all').length > 0) expect(wantedTypes[moment.event.type]).toBe(1);
        });
      }),
    );
  });

  it('decides the same when it remembers nothing', () => {
    fc.assert(
      fc.property(arbitraryRules, arbitraryStory, (rules, story) => {
        const plan = planOf(rules);
        const matcher = new Matcher(plan, 'all');
        playStory(story, (moment) => {
          expect([...matcher.match(moment)]).toEqual([...new Matcher(plan, 'all').match(moment)]);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('decides a condition that is nested five thousand levels deep', () => {
    const [thread, , , event] = madeUpLeaves() as [Condition, Condition, Condition, Condition];
    let condition: Condition = event;
    for (let level = 0; level < 5_000; level++) {
      condition = { kind: level % 2 === 0 ? 'and' : 'or', children: [{ kind: 'not', child: condition }, thread] };
    }
    const rules = [
      { condition, eventCodes: undefined },
      { condition: { kind: 'not', child: condition }, eventCodes: undefined } as const,
    ];
    const matcher = new Matcher(planOf(rules), 'all');
    let count = 0;
    playStory(
      [
        { kind: 'change', tid: 1, comm: 'a' },
        { kind: 'event', tid: 1, code: 3, name: undefined },
        { kind: 'event', tid: 2, code: 3, name: undefined },
      ],
      (moment) => {
        expect(matcher.match(moment)).toHaveLength(1);
        count++;
      },
    );
    expect(count).toBe(2);
  });
});
