import { describe, expect, it } from 'vitest';
import { check } from '../../engine/check.ts';
import { readChange } from '../../engine/diff.ts';
import { play } from '../../engine/scenario/play.ts';
import { moveToFront, MUTATIONS, ownRules, sourcesOf, type Files } from './mutations.ts';
import { alertsOf, allStories, type RaisedAlert } from './stories.ts';

const stories = allStories();

/** How many alerts appeared, vanished and changed, told from two runs. */
function differences(before: readonly RaisedAlert[], after: readonly RaisedAlert[], matching: 'first' | 'all') {
  const key = ({ event, rule }: RaisedAlert) => (matching === 'first' ? String(event) : `${event} ${rule}`);
  const [old, now] = [new Map(before.map((one) => [key(one), one])), new Map(after.map((one) => [key(one), one]))];
  const both = [...old].flatMap(([place, one]) => (now.has(place) ? [[one, now.get(place)] as const] : []));
  return {
    alertsBefore: before.length,
    alertsAfter: after.length,
    appeared: [...now.keys()].filter((place) => !old.has(place)).length,
    vanished: [...old.keys()].filter((place) => !now.has(place)).length,
    changed: both.filter(([a, b]) => JSON.stringify(a) !== JSON.stringify(b)).length,
  };
}

describe('two rule sets over one state', () => {
  // A renamed rule is told of as changed, which two lists of alerts can't show.
  const edits = [...MUTATIONS, moveToFront('Interactive shell in a container')].filter(
    ({ name }) => name !== 'rename a rule',
  );
  const from = ownRules();
  const to = edits.reduce<Files>((files, mutation) => mutation.apply(files), from);
  const [old, now] = [check(sourcesOf(from)).ruleSet, check(sourcesOf(to)).ruleSet];

  it.each(['first', 'all'] as const)('tell what two runs tell, under rule_matching: %s', (matching) => {
    const { change } = readChange(sourcesOf(from), sourcesOf(to));
    let differing = 0;
    for (const { name, scenario } of stories) {
      play(scenario, change!.run({ name, label: 'unknown' }, { matching }));
      const { workloads } = change!.report();
      const { events: _, name: __, label: ___, lostRules: ____, ...counts } = workloads.at(-1)!;
      const expected = differences(alertsOf(old!, scenario, matching), alertsOf(now!, scenario, matching), matching);
      expect([name, counts]).toEqual([name, expected]);
      differing += counts.appeared + counts.vanished + counts.changed;
    }
    const { groups, totals } = change!.report();
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(differing);
    expect(totals.ungrouped).toBe(0);
    expect(differing).toBeGreaterThan(50);
  });
});
