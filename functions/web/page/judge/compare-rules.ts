import { changeMarkdown } from '../../../../engine/change/change-markdown.ts';
import { changeJson } from '../../../../engine/change/change-json.ts';
import { labelOf, type Label } from '../../../../engine/change/workload.ts';
import { readChange, type RuleChange } from '../../../../engine/diff.ts';
import { Source } from '../../../../engine/model/source.ts';
import type { LoadResult } from '../../../../engine/rules/loader.ts';
import { hostsOfScenario } from '../../../../engine/scenario/hosts.ts';
import { play } from '../../../../engine/scenario/play.ts';
import { readCases } from '../../../../engine/scenario/read-cases.ts';
import { feed } from './feed.ts';
import { holdTrace } from './held-trace.ts';
import type { Pace } from './pace.ts';
import type { RuleFile, TraceChoice } from './protocol.ts';

/** What both versions of the rules are run over. */
export interface ComparedTrace {
  /** `attack`, `benign` or `unknown`; undefined leaves it to the name. */
  readonly label?: Label | undefined;
  readonly trace: TraceChoice;
}

/** Two versions of rules, and traces. */
export interface Comparison {
  readonly from: readonly RuleFile[];
  readonly to: readonly RuleFile[];
  readonly traces: readonly ComparedTrace[];
  readonly matching: 'first' | 'all';
}

/** The report on a change, as `creance diff` gives it in two of its formats. */
export interface ComparisonReport {
  readonly json: string;
  readonly markdown: string;
}

/**
 * Runs two versions of rules over traces and gives the report. Throws an error for
 * people when a side does not load, or a trace can't be read.
 */
export async function compareRules(
  { from, to, traces, matching }: Comparison,
  pace: Pace,
  onProgress: (done: number) => void,
): Promise<ComparisonReport> {
  const read = readChange(sourcesOf(from), sourcesOf(to), {});
  if (read.change === undefined) throw new Error(whatFailed(read.from, 'before') ?? whatFailed(read.to, 'after') ?? '');
  for (const [done, { trace, label }] of traces.entries()) {
    onProgress(done);
    if (trace.kind === 'scenario') await playBoth(read.change, trace, label, matching);
    else {
      const { bytes, name, hosts } = await holdTrace(trace);
      const run = read.change.run({ name, label: label ?? 'unknown' }, { matching, hosts });
      await feed(bytes, run, pace, run.wants);
    }
    await pace.rest();
  }
  onProgress(traces.length);
  const report = read.change.report();
  return { json: changeJson(report), markdown: changeMarkdown(report) };
}

async function playBoth(
  change: RuleChange,
  trace: TraceChoice & { kind: 'scenario' },
  label: Label | undefined,
  matching: Comparison['matching'],
): Promise<void> {
  const { cases } = readCases(new Source(trace.name, trace.text));
  for (const { name, scenario } of cases) {
    const workload = {
      name: name === '' ? trace.name : `${trace.name} (${name})`,
      label: label ?? labelOf(trace.name, scenario),
    };
    play(scenario, change.run(workload, { matching, hosts: hostsOfScenario(scenario) }));
  }
}

function sourcesOf(files: readonly RuleFile[]): Source[] {
  return files.map(({ name, text }) => new Source(name, text));
}

function whatFailed(results: readonly LoadResult[], side: string): string | undefined {
  const failed = results.find(({ successful }) => !successful);
  return failed && `${failed.source.name}, ${side}, does not load: ${failed.errors[0]?.message ?? ''}`;
}
