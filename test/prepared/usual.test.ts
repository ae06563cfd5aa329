import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { check } from '../../engine/check.ts';
import { Detection } from '../../engine/detect.ts';
import { lacksFor, PreparedDetection } from '../../engine/detect-prepared.ts';
import { Source } from '../../engine/model/source.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { alertJson } from '../../engine/output/alert-json.ts';
import { Preparation } from '../../engine/prepared/preparation.ts';
import { PreparedTrace } from '../../engine/prepared/prepared-trace.ts';
import { usualSelection, type More } from '../../engine/prepared/usual.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { play } from '../../engine/scenario/play.ts';
import { readCases } from '../../engine/scenario/read-cases.ts';
import { ScapReader } from '../../engine/trace/scap/scap-reader.ts';
import { readRuleFiles } from '../../functions/cli/rule-files.ts';
import { CONFORMANCE, describeConformance } from '../conformance/data.ts';
import { captureBytes, SMALL_CAPTURES } from '../conformance/small-captures.ts';
import { LIBRARY } from '../library.ts';

const STORIES = ['intrusions/webshell-to-miner', 'workloads/ci-build', 'container-escape'];
const ASKS_MORE = `- {rule: r, desc: d, priority: INFO, condition: 'evt.type in (close, read) and proc.vmsize >= 0', output: "%fd.name %evt.buffer"}`;

it.each(STORIES)('a form whose rules were not known gives what a run gives, once it is widened: %s', (folder) => {
  const path = join(LIBRARY, folder, 'scenario.yaml');
  const [first] = readCases(new Source(path, readFileSync(path, 'utf8'))).cases;
  const feed = (sink: TraceSink): void => void play(first!.scenario, sink);
  for (const ruleSet of [rulesOf(readRuleFiles([join(LIBRARY, 'rules')])), rulesOf([new Source('more', ASKS_MORE)])]) {
    const more = widened(feed, [ruleSet]);
    expect(more.fields.length).toBeGreaterThan(0);
    expectSame(feed, ruleSet, more);
  }
});

it('a form is not made where it would take too much memory', () => {
  const path = join(LIBRARY, STORIES[1] as string, 'scenario.yaml');
  const [first] = readCases(new Source(path, readFileSync(path, 'utf8'))).cases;
  const preparation = new Preparation(usualSelection({ fields: [], types: [] }), 1_000);
  for (let i = 0; i < 500 && !preparation.isTooLarge; i++) play(first!.scenario, preparation);
  expect(preparation.isTooLarge).toBe(true);
  expect(() => preparation.finish({ engine: 'test', capture: 'test' })).toThrow('too large');
});

describeConformance('a form of a recording whose rules were not known', () => {
  const files = ['falco_rules.yaml', 'falco-incubating_rules.yaml', 'falco-sandbox_rules.yaml'];
  const paths = files.map((file) => join(CONFORMANCE, 'rules', file));
  const [all, stable] = [rulesOf(readRuleFiles(paths)), rulesOf(readRuleFiles(paths.slice(0, 1)))];
  it('holds what the stable rules ask', () => {
    const feed = feedOf('small.scap.gz');
    expectSame(feed, stable, { fields: [], types: [] });
  });
  it.each(SMALL_CAPTURES.filter((name) => name.startsWith('falco__')).slice(0, 8))(
    'gives what a run gives, labels too: %s',
    (name) => {
      const feed = feedOf(name);
      const more = widened(feed, [all]);
      for (const ruleSet of [all, stable]) expectSame(feed, ruleSet, more);
    },
  );
});

function feedOf(capture: string): (sink: TraceSink) => void {
  const bytes = captureBytes(capture);
  return (sink) => {
    const reader = new ScapReader(sink);
    reader.push(bytes);
    reader.end();
  };
}

function rulesOf(sources: readonly Source[]): RuleSet {
  const { ruleSet } = check(sources);
  if (ruleSet === undefined) throw new Error('the rules do not load');
  return ruleSet;
}

function prepared(feed: (sink: TraceSink) => void, more: More): PreparedTrace {
  const preparation = new Preparation(usualSelection(more));
  feed(preparation);
  return new PreparedTrace(preparation.finish({ engine: 'test', capture: 'test' }));
}

/** What rules ask beside the usual. */
function widened(feed: (sink: TraceSink) => void, ruleSets: readonly RuleSet[]): More {
  const trace = prepared(feed, { fields: [], types: [] });
  const lacks = ruleSets.map((ruleSet) => lacksFor(ruleSet, trace));
  return {
    fields: lacks.flatMap((one) => one?.fields ?? []),
    types: lacks.flatMap((one) => one?.types ?? []),
  };
}

function expectSame(feed: (sink: TraceSink) => void, ruleSet: RuleSet, more: More): void {
  const [run, judged]: [string[], string[]] = [[], []];
  const detection = new Detection(ruleSet, { onAlert: (alert) => run.push(alertJson(alert)) });
  feed(detection);
  const trace = prepared(feed, more);
  expect(lacksFor(ruleSet, trace)).toBeUndefined();
  const on = new PreparedDetection(ruleSet, trace, {});
  while (on.tell(100, (alert) => judged.push(alertJson(alert))));
  expect(judged).toEqual(run);
  expect(on.report()).toEqual(detection.report());
}
