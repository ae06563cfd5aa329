import { rulesNamed } from '../../suite/judge.ts';
import type { PlannedTest } from '../../suite/planned-test.ts';
import { runTest } from '../../suite/run-test.ts';
import type { TestResult } from '../../suite/result.ts';
import type { TestFile } from '../../suite/test-file.ts';
import type { Grading } from '../grade.ts';
import type { TaskTrace } from '../task.ts';
import type { AlertsDemand } from '../task-check.ts';

/** Alerts on traces are as expected. Feedback names each trace by what it shows. */
export async function gradeAlerts(demand: AlertsDemand, grading: Grading): Promise<string[]> {
  const { task, stack } = grading;
  if (stack.ruleSet === undefined) return ['the rules do not load, so nothing can be run'];
  const lines: string[] = [];
  for (const name of demand.traces) {
    const trace = task.traces.find((one) => one.name === name);
    if (trace === undefined) throw new Error(`${task.id} names a trace '${name}' that it does not have`);
    for (const result of await run(demand, trace, grading)) {
      for (const { rule } of result.fired) grading.fired.add(rule);
      lines.push(...feedbackOf(result, trace));
    }
  }
  return lines;
}

/**
 * Why silence proves nothing: the rule is silent on everything. Empty where it fired somewhere, or where the task wants
 * it silent. Asked once all traces were run.
 */
export function deadSilence(demand: AlertsDemand, { task, fired }: Grading): string[] {
  if (rulesNamed(demand.list).size > 0) return [];
  const wanted = new Set<string>();
  for (const { demand: other, bonus } of task.checks) {
    if (other.kind === 'alerts' && !bonus) for (const rule of rulesNamed(other.list)) wanted.add(rule);
  }
  const named = demand.list.flatMap((one) => (one.kind === 'no alert' ? [one.rule] : []));
  const subjects = named.length === 0 ? [...wanted] : named.filter((rule) => wanted.has(rule));
  if (subjects.length === 0 || subjects.some((rule) => fired.has(rule))) return [];
  const rules = subjects.map((rule) => `'${rule}'`).join(', ');
  return [`it is silent here, but ${rules} never fired on anything: silence counts once the rule can speak`];
}

function run(demand: AlertsDemand, trace: TaskTrace, grading: Grading): Promise<TestResult[]> {
  const { stack, files, machinery } = grading;
  const { list, node, span } = demand;
  const expected = { kind: 'list', list, node, inFlow: false, span } as const;
  const input = { kind: 'scenarios', paths: [] } as const;
  const matching = stack.configuration?.run.matching ?? 'first';
  const test: PlannedTest = {
    name: trace.shows,
    input: trace.input,
    entry: { name: trace.shows, input, matching: undefined, expected, span: trace.span },
    matching,
    span: trace.span,
  };
  const file: TestFile = {
    source: span.source,
    rules: [],
    configuration: stack.configuration,
    matching: undefined,
    hosts: new Map(),
    absent: undefined,
    require: [],
    cannotFire: [],
    tests: [],
  };
  if (stack.ruleSet === undefined) return Promise.resolve([]);
  const context = { file, ruleSet: stack.ruleSet, tests: [test], files, beginRun: machinery.beginRun, group: 0 };
  return runTest(test, context).then((tests) => tests.map(({ result }) => result));
}

function feedbackOf({ failures, findings, status }: TestResult, { shows, name }: TaskTrace): string[] {
  if (status === 'passed') return [];
  const head = `${name}: ${shows}`;
  const errors = findings.filter(({ severity }) => severity === 'error');
  return [
    head,
    ...errors.map(({ message, hint }) => `  ${message}${hint === undefined ? '' : ` (${hint})`}`),
    ...failures.flatMap(({ expected, came, nearest }) => [
      `  expected  ${expected}`,
      ...column('came', came),
      ...column('nearest', nearest),
    ]),
  ];
}

function column(word: string, lines: readonly string[]): string[] {
  return lines.map((line, i) => `  ${(i === 0 ? word : '').padEnd(10)}${line}`);
}
