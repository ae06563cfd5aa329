import type { Run } from './service-api.ts';
import type { ServiceClient } from './service-client.ts';

/** How long is waited between two looks at a run, in milliseconds. */
const LOOK_EVERY_MS = 1_000;

/** Waits until a run has ended; asking is also what has lost shards handed out again. */
export async function waitForRun(client: ServiceClient, begun: Run, onProgress: (run: Run) => void): Promise<Run> {
  let run = begun;
  while (run.state === 'running') {
    onProgress(run);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    run = await client.call('GET /v1/runs/{id}', { params: { id: run.id } });
  }
  return run;
}
