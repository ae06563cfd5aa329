import type { ObjectStore } from '../store/object-store.ts';
import { KEYS } from '../store/keys.ts';
import type { Message } from './deliver.ts';
import type { RunState, ShardFailure, RunReport } from './run.ts';

/** What a webhook is told when a run ends: what it was and what came of it, in one message. */
export async function* runMessage(
  webhook: string,
  { plan, round, state }: RunState,
  report: RunReport | undefined,
  failures: readonly ShardFailure[],
): AsyncGenerator<Message> {
  const counts = report && { passed: report.report.passed, failed: report.report.failed };
  const body = {
    run: plan.id,
    state,
    engine: plan.engine,
    createdAt: plan.createdAt,
    ...(plan.kind === 'suite'
      ? { suite: plan.suite.name, version: plan.suite.version, ruleset: plan.ruleSet, tests: plan.tests }
      : { request: plan.request.path }),
    ...(counts && { ...counts, errors: report.report.errors, skipped: report.report.skipped }),
    ...(failures.length === 0 ? {} : { failures }),
    links: { run: `/v1/runs/${plan.id}`, ...(state === 'done' && { result: resultLink(plan) }) },
  };
  yield { id: `${plan.id}.${webhook}.${round}`, event: `run.${state}`, body: JSON.stringify(body) };
}

/** Where the result of a run is. */
export function resultLink({ id, kind }: RunState['plan']): string {
  return `/v1/runs/${id}/${kind === 'suite' ? 'report' : 'answer'}`;
}

/** Each alert of an answer of lines as Falco sends it: one message an alert. The line of the report is none. */
export async function* alertMessages(
  objects: ObjectStore,
  tenant: string,
  webhook: string,
  { plan }: RunState,
): AsyncGenerator<Message> {
  const stored = await objects.read(KEYS.run(tenant, plan.id, 'answer'));
  if (stored === undefined) return;
  let number = 0;
  for await (const line of linesOf(stored)) {
    if (line === '' || line.startsWith('{"report":') || line.startsWith('{"problem":')) continue;
    yield { id: `${plan.id}.${webhook}.alert.${++number}`, event: 'alert', body: line };
  }
}

async function* linesOf(stored: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stored) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest + decoder.decode();
}
