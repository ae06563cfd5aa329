import { KEYS } from '../store/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { folders } from '../store/folders.ts';
import { Runs, type Dispatch, type ShardTask } from './runs.ts';

/** Does a task to its end, good or bad; what it throws leaves the run unfinished, and it is handed over again later. */
export type Perform = (task: ShardTask) => Promise<void>;

/** Shards that wait in this process, a few of which are being run, in the order in which they were handed over. */
export class TaskQueue {
  readonly #objects: ObjectStore;
  readonly #perform: Perform;
  readonly #width: number;
  readonly #waiting: ShardTask[] = [];
  /** Shards that wait or run, so that asking for a run does not hand them over again. */
  readonly #known = new Set<string>();
  readonly #working = new Set<Promise<void>>();
  #stopped = false;

  /** @param width how many tasks are done at a time */
  constructor(objects: ObjectStore, perform: Perform, width: number) {
    this.#objects = objects;
    this.#perform = perform;
    this.#width = width;
  }

  /** Takes shards; answers at once. */
  readonly dispatch: Dispatch = async (tasks) => {
    for (const task of tasks) {
      if (this.#stopped || this.#known.has(nameOf(task))) continue;
      this.#known.add(nameOf(task));
      this.#waiting.push(task);
    }
    while (this.#working.size < Math.min(this.#width, this.#waiting.length + this.#working.size)) this.#begin();
  };

  /** How many shards wait or run. */
  get waiting(): number {
    return this.#known.size;
  }

  /** Takes up the runs that were going on when the last process ended. */
  async resume(): Promise<void> {
    for await (const tenant of folders(this.#objects, KEYS.tenants)) {
      for await (const task of new Runs(this.#objects, tenant).unfinished()) await this.dispatch([task]);
    }
  }

  /** Begins nothing more and waits for the shards that run. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.length = 0;
    await Promise.all(this.#working);
  }

  #begin(): void {
    const working: Promise<void> = this.#work().finally(() => this.#working.delete(working));
    this.#working.add(working);
  }

  async #work(): Promise<void> {
    for (let task = this.#waiting.shift(); task !== undefined; task = this.#waiting.shift()) {
      try {
        await this.#perform(task);
      } catch (error) {
        // The run stays unfinished: whoever asks for it hands the shard over again.
        console.error(error);
      }
      this.#known.delete(nameOf(task));
    }
  }
}

function nameOf({ tenant, run, shard }: ShardTask): string {
  return `${tenant}/${run}/${shard}`;
}
