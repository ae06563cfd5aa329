import { signal } from '@preact/signals';
import { ask, askJson } from '../service/ask.ts';
import { readEvents } from '../service/read-events.ts';
import type { Run, SuiteVersion, Trend } from '../../../client/service-api.ts';
import type { RunReportJson } from './run-shapes.ts';

/** The suites that the service keeps; undefined before they were asked for. */
export const suites = signal<readonly SuiteVersion[] | undefined>(undefined);
/** The suite that is looked at. */
export const chosen = signal<string | undefined>(undefined);
/** How it fared, the latest run first. */
export const trend = signal<readonly Trend[]>([]);
/** The run that goes on, or the last one that was begun here. */
export const run = signal<Run | undefined>(undefined);
/** The report that is shown. */
export const report = signal<RunReportJson | undefined>(undefined);
/** What went wrong, for people. */
export const suiteTrouble = signal<string | undefined>(undefined);

/** Asks for the suites, and shows the first of them. */
export async function loadSuites(): Promise<void> {
  await attempt(async () => {
    suites.value = (await askJson<{ suites: readonly SuiteVersion[] }>('/v1/suites')).suites;
    const first = chosen.value ?? suites.value[0]?.name;
    if (first !== undefined) await choose(first);
  });
  suites.value ??= [];
}

/** Shows a suite: how it fared, and the report of its latest run. */
export async function choose(name: string): Promise<void> {
  if (chosen.value !== name) run.value = undefined;
  chosen.value = name;
  await attempt(async () => {
    trend.value = (await askJson<{ runs: readonly Trend[] }>(`/v1/suites/${name}/runs`)).runs;
    const [latest] = trend.value;
    report.value = undefined;
    if (latest !== undefined) await showReport(latest.run);
  });
}

/** Shows the report of a run. */
export async function showReport(id: string): Promise<void> {
  await attempt(async () => {
    report.value = await askJson<RunReportJson>(`/v1/runs/${id}/report`, { accept: 'application/json' });
  });
}

/** Runs a suite and follows it to its end. */
export async function runSuite(name: string): Promise<void> {
  await attempt(async () => {
    const attempts = trend.value.length + 1;
    const begun = await askJson<Run>('/v1/runs', { method: 'POST', json: { suite: name, attempt: attempts } });
    await follow(begun);
    await choose(name);
  });
}

/** Accepts a run: later ones are compared with it. */
export async function accept(id: string): Promise<void> {
  await attempt(async () => {
    await ask(`/v1/runs/${id}/accept`, { method: 'POST' });
    await showReport(id);
  });
}

async function follow(begun: Run): Promise<void> {
  run.value = begun;
  if (begun.state !== 'running') return;
  const answer = await ask(`/v1/runs/${begun.id}`, { accept: 'text/event-stream' });
  if (answer.body === null) return;
  for await (const data of readEvents(answer.body)) run.value = JSON.parse(data) as Run;
}

async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
    suiteTrouble.value = undefined;
  } catch (error) {
    suiteTrouble.value = (error as Error).message;
  }
}
