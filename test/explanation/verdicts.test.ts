import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../engine/compare/condition.ts';
import { Changes } from '../../engine/explanation/changes.ts';
import { deciders, decidingCounts } from '../../engine/explanation/decisive.ts';
import { outlineOf, type OutlineNode } from '../../engine/explanation/outline.ts';
import { Verdicts } from '../../engine/explanation/verdicts.ts';
import { Matcher } from '../../engine/match/matcher.ts';
import { naiveMatch } from '../../engine/match/naive-match.ts';
import { planOf } from '../../engine/plan/plan.ts';
import { arbitraryCondition, arbitraryStory, madeUpLeaves, playStory } from '../match/arbitrary-conditions.ts';

/** Whether the whole holds when checks are given other verdicts. */
function wholeWith(verdicts: Verdicts, scratch: Verdicts, change: (check: number, holds: number) => number): boolean {
  verdicts.checkHolds.forEach((holds, check) => (scratch.checkHolds[check] = change(check, holds)));
  scratch.settle();
  return scratch.whole;
}

/** Numbers of the checks that decide by themselves. */
function decisiveChecks(verdicts: Verdicts): Set<number> {
  const counts = decidingCounts(verdicts);
  const { nodes, root } = verdicts.outline;
  const found = new Set<number>();
  const stack = [root];
  for (let number = stack.pop(); number !== undefined; number = stack.pop()) {
    const node = nodes[number] as OutlineNode;
    if (node.leaf !== undefined) found.add(node.checkNumber);
    stack.push(...deciders(node, verdicts.holds[number] === 1, verdicts.holds, counts));
  }
  return found;
}

describe('the verdicts of an explanation', () => {
  it('are those of the matcher and of the naive one, for the whole', () => {
    fc.assert(
      fc.property(arbitraryCondition(), arbitraryStory, (condition, story) => {
        const rules = [{ condition, eventCodes: undefined }];
        const verdicts = new Verdicts(outlineOf({ condition }));
        const matcher = new Matcher(planOf(rules));
        playStory(story, (moment) => {
          verdicts.decide(moment);
          expect(verdicts.whole).toBe(naiveMatch(rules, moment, 'all').length === 1);
          expect(verdicts.whole).toBe(matcher.match(moment).length === 1);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('agree with those of their parts, for every part', () => {
    fc.assert(
      fc.property(arbitraryCondition(), arbitraryStory, (condition, story) => {
        const verdicts = new Verdicts(outlineOf({ condition }));
        playStory(story, (moment) => {
          verdicts.decide(moment);
          verdicts.outline.nodes.forEach(({ kind, children, leaf }, i) => {
            const parts = children.map((child) => verdicts.holds[child] === 1);
            const expected =
              leaf?.decide(moment) ??
              (kind === 'not' ? !parts[0] : kind === 'and' ? parts.every((part) => part) : parts.some((part) => part));
            expect(verdicts.holds[i] === 1).toBe(expected);
          });
        });
      }),
      { numRuns: 100 },
    );
  });

  it('name checks that decide, whatever all others say', () => {
    fc.assert(
      fc.property(arbitraryCondition(), arbitraryStory, fc.infiniteStream(fc.boolean()), (condition, story, coins) => {
        const verdicts = new Verdicts(outlineOf({ condition }));
        const scratch = new Verdicts(verdicts.outline);
        playStory(story, (moment) => {
          verdicts.decide(moment);
          const decisive = decisiveChecks(verdicts);
          const any = wholeWith(verdicts, scratch, (check, holds) =>
            decisive.has(check) ? holds : Number(coins.next().value),
          );
          expect(any).toBe(verdicts.whole);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('decide a condition that is nested five thousand levels deep', () => {
    const [first, , , second] = madeUpLeaves() as [Condition, Condition, Condition, Condition];
    let condition: Condition = first;
    for (let level = 0; level < 5_000; level++) {
      condition = { kind: level % 2 === 0 ? 'and' : 'or', children: [{ kind: 'not', child: condition }, second] };
    }
    const verdicts = new Verdicts(outlineOf({ condition }));
    const matcher = new Matcher(planOf([{ condition, eventCodes: undefined }]));
    playStory([{ kind: 'event', tid: 1, code: 3, name: undefined }], (moment) => {
      verdicts.decide(moment);
      expect(verdicts.whole).toBe(matcher.match(moment).length === 1);
      expect(verdicts.outline.checkCount).toBe(2);
    });
  });
});

describe('the changes that turn a verdict', () => {
  it('turn it, and none can be left out', () => {
    fc.assert(
      fc.property(arbitraryCondition(), arbitraryStory, (condition, story) => {
        const verdicts = new Verdicts(outlineOf({ condition }));
        const scratch = new Verdicts(verdicts.outline);
        const changes = new Changes(verdicts, new Verdicts(verdicts.outline));
        playStory(story, (moment) => {
          verdicts.decide(moment);
          const found = changes.least(moment.event.type);
          if (found === undefined) return;
          const turned = (checks: readonly number[]) =>
            wholeWith(verdicts, scratch, (check, holds) => (checks.includes(check) ? 1 - holds : holds));
          expect(turned(found)).toBe(!verdicts.whole);
          for (const one of found) expect(turned(found.filter((other) => other !== one))).toBe(verdicts.whole);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('are the fewest there are, where no check is written twice', () => {
    const leaves = madeUpLeaves().filter(({ subject, eventTypes }) => subject !== 'type' && eventTypes === undefined);
    const shapes = fc.array(fc.tuple(fc.nat(2), fc.nat(7), fc.boolean()), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(shapes, arbitraryStory, (shape, story) => {
        // Joins two parts at a time until one is left: each leaf stands in it once.
        const parts: Condition[] = leaves.slice(0, shape.length + 1);
        for (const [kind, at, negated] of shape) {
          const [one] = parts.splice(at % parts.length, 1) as [Condition];
          const [other] = parts.splice(at % Math.max(parts.length, 1), 1);
          const joined: Condition = {
            kind: kind === 0 ? 'or' : 'and',
            children: other === undefined ? [one] : [one, other],
          };
          parts.push(negated ? { kind: 'not', child: joined } : joined);
        }
        const condition: Condition = parts[0] as Condition;
        const verdicts = new Verdicts(outlineOf({ condition }));
        const scratch = new Verdicts(verdicts.outline);
        const changes = new Changes(verdicts, new Verdicts(verdicts.outline));
        playStory(story.slice(0, 8), (moment) => {
          verdicts.decide(moment);
          let fewest = Infinity;
          for (let set = 1; set < 2 ** verdicts.outline.checkCount; set++) {
            const whole = wholeWith(verdicts, scratch, (check, holds) => ((set >> check) & 1) ^ holds);
            if (whole !== verdicts.whole) fewest = Math.min(fewest, set.toString(2).replaceAll('0', '').length);
          }
          expect(changes.least(moment.event.type)?.length).toBe(fewest);
        });
      }),
      { numRuns: 60 },
    );
  });
});
