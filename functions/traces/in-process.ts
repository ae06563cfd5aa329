import type { ObjectStore } from '../store/object-store.ts';
import type { Observe } from '../metrics/observation.ts';
import { TraceIndexer, type DispatchIndexing, type IndexTask } from './indexer.ts';

/** Reads segments for their indexes in this process, one after the other, between the requests that it serves. */
export class InProcessIndexing {
  readonly #objects: ObjectStore;
  readonly #now: () => number;
  readonly #observe: Observe | undefined;
  /** Segments that wait or are read, by name, so that asking for a trace does not hand them over again. */
  readonly #waiting = new Map<string, IndexTask>();
  #working: Promise<void> | undefined;
  #stopped = false;

  /**
   * @param now milliseconds since the epoch
   * @param observe counts what is read
   */
  constructor(objects: ObjectStore, now: () => number, observe?: Observe) {
    this.#objects = objects;
    this.#now = now;
    this.#observe = observe;
  }

  /** Takes segments; answers at once. */
  readonly dispatch: DispatchIndexing = async (tasks) => {
    if (this.#stopped) return;
    for (const task of tasks) {
      const name = `${task.tenant}/${task.trace}/${task.segment}`;
      if (!this.#waiting.has(name)) this.#waiting.set(name, task);
    }
    this.#working ??= this.#work().finally(() => (this.#working = undefined));
  };

  /** How many segments wait or are read. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Resolves when nothing waits. */
  async settled(): Promise<void> {
    await this.#working;
  }

  /** Begins nothing more and waits for the segment that is being read. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#working;
  }

  async #work(): Promise<void> {
    for (const [name, task] of this.#waiting) {
      if (this.#stopped) return;
      const began = this.#now();
      const seen = (result: 'read' | 'failed'): void =>
        this.#observe?.({ what: 'segment', result, seconds: (this.#now() - began) / 1_000 });
      try {
        await new TraceIndexer(this.#objects, task.tenant, this.#now).run(task);
        seen('read');
      } catch (error) {
        // The trace stays pending: whoever asks for it, or the next sweep, hands the segment over again.
        console.error(error);
        seen('failed');
      }
      this.#waiting.delete(name);
    }
  }
}
