import { expect, it } from 'vitest';
import { NearMisses } from '../../engine/explanation/near-misses.ts';
import { outlineOf } from '../../engine/explanation/outline.ts';
import { Verdicts } from '../../engine/explanation/verdicts.ts';
import { Matcher } from '../../engine/match/matcher.ts';
import type { Event } from '../../engine/model/event.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { capturePath, feed, visibleMoments } from './captures.ts';
import { linesOf } from './conformance-data.ts';
import { describeConformance } from './data.ts';
import { FOLDER } from './folder.ts';
import { loadedConditions } from './golden-conditions.ts';
import { ruleSetOf, UPSTREAM_FILES } from './upstream-rules.ts';

/** Conditions that are tried: one of so many, for each is decided in full at each event. */
const EACH = 10;
const CAPTURES = ['sfcoll__setuid-setuid_39405e', 'libs__test_ipv6_client_2029ea'];

describeConformance('explanations', () => {
  it('have the verdicts of the matcher, of hundreds of conditions at every event', async () => {
    const { rules, plan } = await loadedConditions(FOLDER);
    const tried = rules.flatMap((rule, number) => (number % EACH === 0 ? [{ rule, number }] : []));
    const verdicts = tried.map(({ rule }) => new Verdicts(outlineOf(rule)));
    const matcher = new Matcher(plan, 'all');
    const different: number[] = [];
    const sink = visibleMoments((moment) => {
      const matched = new Set(matcher.match(moment));
      tried.forEach(({ rule, number }, i) => {
        const one = verdicts[i] as Verdicts;
        one.decide(moment);
        const canMatch = rule.eventCodes?.has(moment.event.type) !== false;
        if ((canMatch && one.whole) !== matched.has(number)) different.push(moment.event.num);
      });
    });
    await feed(FOLDER, await capturePath(FOLDER, 'falco__open-multiple-files_61832b'), sink);
    expect(different).toEqual([]);
  });

  it.each(
    CAPTURES.flatMap((capture) => [
      { capture, matching: 'first' as const, variant: 'all-first' },
      { capture, matching: 'all' as const, variant: 'all-matchall' },
    ]),
  )('count the alerts of the real Falco: $capture, $variant', async ({ capture, matching, variant }) => {
    const ruleSet = await ruleSetOf(FOLDER, UPSTREAM_FILES);
    const searches = ruleSet.active.map((rule) => new NearMisses(ruleSet, rule, { matching }));
    await feed(FOLDER, await capturePath(FOLDER, capture), allOf(searches));
    const expected = new Map<string, number>();
    for await (const line of linesOf(FOLDER, `alerts/${capture}.${variant}.jsonl.gz`)) {
      const { rule } = JSON.parse(line) as { rule: string };
      expected.set(rule, (expected.get(rule) ?? 0) + 1);
    }
    const counted = searches.map((one) => one.report()).filter(({ fired }) => fired > 0);
    expect(new Map(counted.map(({ rule, fired }) => [rule, fired]))).toEqual(expected);
    expect(expected.size).toBeGreaterThan(0);
  });
});

/** Feeds one trace to many; each has a system of its own. */
function allOf(sinks: readonly TraceSink[]): TraceSink {
  return {
    section: () => sinks.forEach((sink) => sink.section()),
    machine: (machine) => sinks.forEach((sink) => sink.machine(machine)),
    interfaces: (list) => sinks.forEach((sink) => sink.interfaces(list)),
    users: (users, groups) => sinks.forEach((sink) => sink.users(users, groups)),
    process: (entry) => sinks.forEach((sink) => sink.process(entry)),
    files: (tid, entries) => sinks.forEach((sink) => sink.files(tid, entries)),
    event: (event: Event) => sinks.forEach((sink) => sink.event(event)),
  };
}
