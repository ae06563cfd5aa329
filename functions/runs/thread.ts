import { parentPort, workerData } from 'node:worker_threads';
import type { Observe } from '../metrics/observation.ts';
import { nodeRunMeans } from '../node-run-means.ts';
import { ObjectStore, StoreUnavailable } from '../store/object-store.ts';
import type { ShardTask } from './runs.ts';
import { ShardRunner } from './shard-runner.ts';
import type { ThreadAnswer, ThreadData, ThreadObservation } from './thread-pool.ts';

/** A thread that runs shards, one after the other; see `threadRunner`. */
const { settings, site, allowsPrivate } = workerData as ThreadData;
const objects = new ObjectStore(settings);
const observe: Observe = (seen) => parentPort?.postMessage({ kind: 'seen', seen } satisfies ThreadObservation);
const means = nodeRunMeans(objects, { site, allowsPrivate, observe });
/** Of the tenant whose shard ran last: the next shard is often of the same run. */
let last: { readonly tenant: string; readonly runner: ShardRunner } | undefined;

parentPort?.on('message', (task: ShardTask) => {
  void run(task).then((answer) => parentPort?.postMessage(answer));
});

async function run({ tenant, run: id, shard }: ShardTask): Promise<ThreadAnswer> {
  if (last?.tenant !== tenant) last = { tenant, runner: new ShardRunner(objects, tenant, means) };
  try {
    await last.runner.run(id, shard);
    return { kind: 'done' };
  } catch (error) {
    const { message, stack } = error as Error;
    if (error instanceof StoreUnavailable) return { kind: 'unavailable', reason: message };
    console.error(stack);
    return { kind: 'failed', reason: message };
  }
}
