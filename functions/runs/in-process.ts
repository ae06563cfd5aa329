import { KEYS } from '../store/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { folders } from '../store/folders.ts';
import { Runs, type Dispatch, type ShardTask } from './runs.ts';

/** Runs shards in this process, one after the other, in the order in which they are handed over. */
export class InProcessRunner {
  readonly #objects: ObjectStore;
  readonly #waiting: ShardTask[] = [];
  /** Shards that wait or run, so that asking for a run does not hand them over again. */
  readonly #known = new Set<string>();
  #working: Promise<void> | undefined;
  /** Of the tenant whose shard ran last: the next shard is often of the same run. */
  #runs: { readonly tenant: string; readonly runs: Runs } | undefined;
  #stopped = false;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /** Takes shards; answers at once. */
  readonly dispatch: Dispatch = async (tasks) => {
    for (const task of tasks) {
      if (this.#stopped || this.#known.has(nameOf(task))) continue;
      this.#known.add(nameOf(task));
      this.#waiting.push(task);
    }
    this.#working ??= this.#work().finally(() => (this.#working = undefined));
  };

  /** Takes up the runs that were going on when the last process ended. */
  async resume(): Promise<void> {
    for await (const tenant of folders(this.#objects, KEYS.tenants)) {
      const runs = new Runs(this.#objects, tenant);
      for await (const id of folders(this.#objects, KEYS.runs(tenant))) await this.dispatch(await runs.lost(id));
    }
  }

  /** Begins nothing more and waits for the shard that runs. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.length = 0;
    await this.#working;
  }

  async #work(): Promise<void> {
    for (let task = this.#waiting.shift(); task !== undefined; task = this.#waiting.shift()) {
      try {
        if (this.#runs?.tenant !== task.tenant) {
          this.#runs = { tenant: task.tenant, runs: new Runs(this.#objects, task.tenant, pause) };
        }
        await this.#runs.runs.run(task.run, task.shard);
      } catch (error) {
        // The run stays unfinished: whoever asks for it hands the shard over again.
        console.error(error);
      }
      this.#known.delete(nameOf(task));
    }
  }
}

/** Requests come first. */
function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function nameOf({ tenant, run, shard }: ShardTask): string {
  return `${tenant}/${run}/${shard}`;
}
