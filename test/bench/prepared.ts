// What a trace gives that was prepared once, in a process that runs already: prepared.ts TRACE RULES... Prints seconds of
// CPU to judge all rules, from the form's bytes to the last alert as JSON, and milliseconds to judge one edited rule.
import { readFileSync } from 'node:fs';
import { check } from '../../engine/check.ts';
import type { Source } from '../../engine/model/source.ts';
import { alertJson } from '../../engine/output/alert-json.ts';
import { PreparedDetection } from '../../engine/detect-prepared.ts';
import { storedRulesOf } from '../../engine/prepared/judgement.ts';
import { Matches } from '../../engine/prepared/matches.ts';
import { Preparation } from '../../engine/prepared/preparation.ts';
import { PreparedTrace } from '../../engine/prepared/prepared-trace.ts';
import { selectionOf } from '../../engine/prepared/selection.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { DetectingReader } from '../../engine/trace/detecting-reader.ts';
import { readRuleFiles } from '../../functions/cli/rule-files.ts';

/** Runs after which V8 has compiled what there is to compile. */
const WARM_UP = 10;
const RUNS = 15;

const [trace, ...ruleFiles] = process.argv.slice(2) as [string, ...string[]];
const ruleSet = loaded(readRuleFiles(ruleFiles));
const preparation = new Preparation(selectionOf([ruleSet]));
const reader = new DetectingReader(preparation, preparation.wants);
const prepared = cpu(() => {
  reader.push(readFileSync(trace));
  reader.end();
});
const form = preparation.finish({ engine: 'bench', capture: trace });
let alerts = 0;
const judged = middle(() => {
  const lines: string[] = [];
  new PreparedDetection(ruleSet, new PreparedTrace(form), {}).tell(Infinity, (alert) => lines.push(alertJson(alert)));
  alerts = lines.length;
});

// An edit: each rule in turn as if it had just been written, on a trace that is open.
const open = new PreparedTrace(form);
const edits = ruleSet.active.map((rule) => {
  const edited = { ...ruleSet, active: [rule] };
  const run = (): void => {
    const matches = new Matches(storedRulesOf({ ...edited }), open, { matching: 'all' });
    while (matches.next());
  };
  run();
  return cpu(run) * 1000;
});
edits.sort((a, b) => a - b);

process.stdout.write(
  JSON.stringify({
    seconds: judged,
    prepareSeconds: prepared,
    megabytes: form.length / 2 ** 20,
    events: reader.eventCount,
    alerts,
    editMedianMs: edits[edits.length >> 1],
    editWorstMs: edits.at(-1),
  }),
);

function loaded(sources: readonly Source[]): RuleSet {
  const { ruleSet: rules } = check(sources);
  if (rules === undefined) throw new Error('the rules do not load');
  return rules;
}

/** The middle of several runs. */
function middle(run: () => void): number {
  for (let i = 0; i < WARM_UP; i++) run();
  return Array.from({ length: RUNS }, () => cpu(run)).toSorted((a, b) => a - b)[RUNS >> 1] as number;
}

function cpu(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
