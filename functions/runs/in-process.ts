import { MAX_SHARD_TRIES } from '../../engine/model/limits.ts';
import { StoreUnavailable, type ObjectStore } from '../store/object-store.ts';
import type { ShardTask } from './runs.ts';
import { ShardRunner, type RunMeans } from './shard-runner.ts';
import { TaskQueue } from './task-queue.ts';

/** Runs shards in this process, one after the other, in the order in which they are handed over. */
export function inProcessRunner(objects: ObjectStore, means: RunMeans): TaskQueue {
  /** Of the tenant whose shard ran last: the next shard is often of the same run. */
  let last: { readonly tenant: string; readonly runner: ShardRunner } | undefined;
  return new TaskQueue(
    objects,
    async (task) => {
      if (last?.tenant !== task.tenant) {
        last = { tenant: task.tenant, runner: new ShardRunner(objects, task.tenant, { pause, ...means }) };
      }
      await tryShard(last.runner, task, means.observe);
    },
    1,
  );
}

/** Runs a shard, a few times if it fails, then gives it up. What the store's absence stops is no failure of the shard. */
async function tryShard(runner: ShardRunner, task: ShardTask, observe: RunMeans['observe']): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await runner.run(task.run, task.shard);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      console.error(error);
      observe?.({ what: 'shard failed', result: 'failed' });
      if (tries === MAX_SHARD_TRIES) return runner.giveUp(task, tries, (error as Error).message);
    }
  }
}

/** Requests come first. */
function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
