import type { ChangeGroup } from '../../change/change-report.ts';
import { blocksOf, causeText } from '../../change/report-words.ts';
import type { ChangeTrace, Grading } from '../grade.ts';
import { loadStack } from '../rule-stack.ts';
import { CONFIGURATION_PATH, type TaskTrace } from '../task.ts';
import { playingsOfTrace } from '../trace-playings.ts';
import type { ChangeDemand } from '../task-check.ts';

/** Differences that are told; the rest is counted. */
const MOST = 4;

/** Nothing else changed: the rules before and after are run over the same traces, and what differs is told with its cause. */
export async function gradeChange(demand: ChangeDemand, grading: Grading): Promise<string[]> {
  const { task, stack, machinery } = grading;
  const names = demand.traces.length === 0 ? task.traces.map(({ name }) => name) : demand.traces;
  const traces = task.traces.filter(({ name }) => names.includes(name)).flatMap((trace) => playable(trace, grading));
  const report = await machinery.compare(loadStack(task.files), stack, traces);
  if (report === undefined) return ['the rules do not load, so they can not be compared with those before'];
  const unwanted = blocksOf(report.groups.filter((group) => !isAllowed(demand, group)));
  const lines = unwanted.slice(0, MOST).flatMap(({ head, cause, groups }) => [
    head,
    // Where no rule file differs it is the configuration that does.
    `  because of ${report.edits.length === 0 ? CONFIGURATION_PATH : causeText(cause)}`,
    ...groups.slice(0, 2).map(({ workload }) => `  on ${workload.name}`),
    ...(groups[0]?.examples ?? [])
      .slice(0, 1)
      .flatMap(({ before, after }) => [
        ...(before === undefined ? [] : [`  - ${before.output}`]),
        ...(after === undefined ? [] : [`  + ${after.output}`]),
      ]),
  ]);
  return unwanted.length > MOST ? [...lines, `and ${unwanted.length - MOST} more`] : lines;
}

function playable(trace: TaskTrace, { files }: Grading): ChangeTrace[] {
  return playingsOfTrace(trace, files).playings.map((playing) => ({
    name: `${trace.name} (${trace.shows})${playing.caseName === '' ? '' : `, ${playing.caseName}`}`,
    hosts: playing.hosts,
    play: (sink) => playing.play(sink),
  }));
}

/** Only alerts of these rules differ, and only so. An event that another rule takes over is a change of both. */
function isAllowed({ rules, aspects }: ChangeDemand, { kind, rule, ruleAfter, aspects: differ }: ChangeGroup): boolean {
  if (!rules.includes(rule) || (ruleAfter !== undefined && !rules.includes(ruleAfter))) return false;
  if (aspects.length === 0) return true;
  return kind === 'changed' ? differ.every((one) => aspects.includes(one)) : aspects.includes(kind);
}
