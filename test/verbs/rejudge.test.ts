import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hosts } from '../../engine/compare/hosts.ts';
import { check } from '../../engine/check.ts';
import { Detection } from '../../engine/detect.ts';
import type { Matching } from '../../engine/match/naive-match.ts';
import { Source } from '../../engine/model/source.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { Preparation } from '../../engine/prepared/preparation.ts';
import { PreparedTrace } from '../../engine/prepared/prepared-trace.ts';
import { selectionOf } from '../../engine/prepared/selection.ts';
import { Rejudging, type Rejudged } from '../../engine/rejudge.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { play } from '../../engine/scenario/play.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import { hostsOfScenario } from '../../engine/scenario/hosts.ts';
import { readRuleFiles } from '../../functions/cli/rule-files.ts';
import { LIBRARY } from '../library.ts';

const STORIES = ['intrusions/webshell-to-miner', 'workloads/ci-build'];
const STARTER = readRuleFiles([join(LIBRARY, 'rules')]);
const NAMES = rulesOf('').active.map(({ name }) => name);

/** Edits of one rule each, and of what rules share. */
const EDITS: readonly (readonly [what: string, text: string])[] = [
  ...NAMES.slice(0, 12).map((name) => [`${name} is off`, `- {rule: ${name}, enabled: false}`] as const),
  ...NAMES.slice(12, 20).map(
    (name) => [`${name} has another condition`, override(name, 'condition', 'evt.type in (openat, execve)')] as const,
  ),
  ...NAMES.slice(20, 26).map((name) => [`${name} has another output`, override(name, 'output', 'o %evt.num')] as const),
  ['a new rule', '- {rule: New, desc: d, priority: INFO, condition: evt.type exists, output: "%evt.num %proc.name"}'],
  ['one that counts', '- {rule: New, desc: d, priority: INFO, condition: util.cnt > 2, output: o}'],
  ['nothing', ''],
];

describe.each(STORIES)('rules judged anew after each edit, over %s', (folder) => {
  const path = join(LIBRARY, folder, 'scenario.yaml');
  const { scenario } = readScenario(new Source(path, readFileSync(path, 'utf8')));
  const feed = (sink: TraceSink): void => void play(scenario!, sink);

  it.each(['first', 'all'] as const)('say what a whole run says, under %s', (matching) => {
    const hosts = hostsOfScenario(scenario!);
    const rejudging = new Rejudging(hosts);
    for (const [what, text] of EDITS) expectWhole(rejudging, rulesOf(text), matching, feed, what, hosts);
  });

  it.each(['first', 'all'] as const)('say it on the prepared trace too, under %s', (matching) => {
    const rejudging = new Rejudging();
    rejudging.prepared = prepared(feed, rulesOf(''));
    let runs = 0;
    for (const [what, text] of EDITS) runs += expectWhole(rejudging, rulesOf(text), matching, feed, what);
    // The trace is needed for the rule that counts.
    expect(runs).toBe(1);
  });
});

describe('rules judged anew', () => {
  const path = join(LIBRARY, STORIES[0] as string, 'scenario.yaml');
  const { scenario } = readScenario(new Source(path, readFileSync(path, 'utf8')));
  const feed = (sink: TraceSink): void => void play(scenario!, sink);

  it('are only those that are new in condition or output', () => {
    const rejudging = new Rejudging();
    expect(judged(rejudging, rulesOf(''), 'first', feed).rulesJudged).toBe(NAMES.length);
    const [name] = NAMES;
    expect(judged(rejudging, rulesOf(`- {rule: ${name}, enabled: false}`), 'first', feed).rulesJudged).toBe(0);
    const edited = rulesOf(override(name as string, 'condition', 'evt.type = openat'));
    expect(judged(rejudging, edited, 'first', feed).rulesJudged).toBe(1);
    expect(judged(rejudging, edited, 'all', feed).rulesJudged).toBe(0);
    expect(judged(rejudging, rulesOf(''), 'first', feed).rulesJudged).toBe(0);
  });

  it('tell what a prepared trace lacked', () => {
    const rejudging = new Rejudging();
    rejudging.prepared = prepared(feed, rulesOf(''));
    const rule = '- {rule: New, desc: d, priority: INFO, condition: evt.type = openat and proc.vmsize > 0, output: o}';
    judged(rejudging, rulesOf(rule), 'first', feed);
    expect([...rejudging.lacking]).toEqual(['proc.vmsize']);
  });
});

/** Gives 1 where the trace was run. */
function expectWhole(
  rejudging: Rejudging,
  ruleSet: RuleSet,
  matching: Matching,
  feed: (sink: TraceSink) => void,
  what: string,
  hosts: Hosts = new Map(),
): number {
  const { rejudged, ran } = judged(rejudging, ruleSet, matching, feed);
  const whole: string[] = [];
  const detection = new Detection(ruleSet, {
    matching,
    hosts,
    onAlert: ({ eventNumber, rule, message }) => whole.push(`${eventNumber} ${rule} ${message}`),
  });
  feed(detection);
  const said = rejudged.alerts.map(
    ({ event, rule, message }) => `${event} ${ruleSet.active[rule]?.name} ${message ?? 'no message'}`,
  );
  // Beyond the first messages of a rule none are made.
  expect(
    said.map((line, at) => (line.endsWith('no message') ? whole[at] : line)),
    what,
  ).toEqual(whole);
  const { rules } = detection.report();
  expect(rejudged.rules, what).toEqual(
    ruleSet.active.map(({ number }) => ({ fired: rules[number]?.fired, undecidable: rules[number]?.undecidable })),
  );
  return ran ? 1 : 0;
}

function judged(
  rejudging: Rejudging,
  ruleSet: RuleSet,
  matching: Matching,
  feed: (sink: TraceSink) => void,
): { readonly rejudged: Rejudged; readonly rulesJudged: number; readonly ran: boolean } {
  const judging = rejudging.begin(ruleSet, matching);
  if (judging.run !== undefined) feed(judging.run);
  return { rejudged: judging.end(), rulesJudged: judging.rulesJudged, ran: judging.run !== undefined };
}

function prepared(feed: (sink: TraceSink) => void, ruleSet: RuleSet): PreparedTrace {
  const { types, fields } = selectionOf([ruleSet]);
  const preparation = new Preparation({ types: types.map(() => 1), fields });
  feed(preparation);
  return new PreparedTrace(preparation.finish({ engine: 'test', capture: 'test' }));
}

function rulesOf(local: string): RuleSet {
  const { ruleSet, results } = check([...STARTER, new Source('local.yaml', local)]);
  if (ruleSet === undefined) throw new Error(JSON.stringify(results.flatMap(({ errors }) => errors)));
  return ruleSet;
}

function override(name: string, key: string, value: string): string {
  return `- {rule: ${name}, ${key}: '${value}', override: {${key}: replace}}`;
}
