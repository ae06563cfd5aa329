import type { Trend } from '../runs/trend-store.ts';
import type { ServiceClient } from './service-client.ts';

/** A run as the service tells of it. */
export interface RemoteRun {
  readonly id: string;
  readonly suite: string;
  readonly version: number;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly tests: number;
  readonly shards: { readonly total: number; readonly done: number };
  /** Why parts of it were given up. */
  readonly failures: readonly { readonly shard: number; readonly tries: number; readonly reason: string }[];
}

/** What a suite is sent as. */
export interface SuiteBody {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** Ids of stored traces by path. */
  readonly traces: Readonly<Record<string, string>>;
}

/** How long is waited between two looks at a run, in milliseconds. */
const LOOK_EVERY_MS = 1_000;

/** Keeps a suite under a name; answers its version. */
export function putSuite(client: ServiceClient, name: string, body: SuiteBody): Promise<{ readonly version: number }> {
  return client.json('PUT', `/v1/suites/${encodeURIComponent(name)}`, { json: body });
}

/** Begins a run, or finds the one that was begun before. */
export function beginRun(
  client: ServiceClient,
  run: { readonly suite: string; readonly ruleset?: string | undefined; readonly attempt?: number | undefined },
): Promise<RemoteRun> {
  return client.json('POST', '/v1/runs', { json: run });
}

/** Waits until a run has ended; asking is also what has lost shards handed out again. */
export async function waitForRun(
  client: ServiceClient,
  begun: RemoteRun,
  onProgress: (run: RemoteRun) => void,
): Promise<RemoteRun> {
  let run = begun;
  while (run.state === 'running') {
    onProgress(run);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    run = await client.json('GET', `/v1/runs/${run.id}`);
  }
  return run;
}

/** The report of a run that is done, in the form of a media type. */
export async function runReport(client: ServiceClient, id: string, accept: string): Promise<string> {
  return (await client.request('GET', `/v1/runs/${id}/report`, { accept })).text();
}

/** The past runs of a suite, the latest first. */
export async function suiteHistory(client: ServiceClient, name: string): Promise<readonly Trend[]> {
  const path = `/v1/suites/${encodeURIComponent(name)}/runs`;
  return (await client.json<{ runs: readonly Trend[] }>('GET', path)).runs;
}
