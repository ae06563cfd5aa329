import { ServiceClient } from '../../../functions/client/service-client.ts';
import { waitForRun } from '../../../functions/client/wait-for-run.ts';
import type { LibrarySuite } from './library-suite.ts';

/** What a run at a service came to. */
export interface RunAt {
  /** The report as it was answered. */
  readonly report: string;
  /** Seconds of keeping the traces and the suite, and from the beginning of the run to its end. */
  readonly seconds: { readonly keeping: number; readonly running: number };
}

/** Keeps a suite at a service, runs it and fetches the report. */
export async function runAt(url: string, name: string, { files, captures }: LibrarySuite): Promise<RunAt> {
  const client = new ServiceClient(new URL(url), undefined);
  const began = performance.now();
  const traces: Record<string, string> = {};
  for (const { path, bytes } of captures) {
    const query = { name: path.slice(path.lastIndexOf('/') + 1) };
    traces[path] = (await client.call('POST /v1/traces', { query, bytes })).id;
  }
  await client.call('PUT /v1/suites/{name}', { params: { name }, body: { files, traces } });
  const kept = performance.now();
  const run = await waitForRun(client, await client.call('POST /v1/runs', { body: { suite: name } }), () => {});
  const ended = performance.now();
  const report = await (await client.open('GET /v1/runs/{id}/report', { params: { id: run.id } })).text();
  return { report, seconds: { keeping: (kept - began) / 1_000, running: (ended - kept) / 1_000 } };
}
