import { MAX_RUNS_AT_ONCE } from '../../engine/model/limits.ts';
import { Refusal } from './problem.ts';

/** Counts the runs that go on in one app: each holds the state of a machine in memory. */
export class RunLimit {
  #running = 0;

  /** Runs that go on. */
  get running(): number {
    return this.#running;
  }

  /** The same run, counted from its first step to its end; the first step refuses when too many go on. */
  async *counted<T, R>(run: AsyncGenerator<T, R>): AsyncGenerator<T, R> {
    if (this.#running >= MAX_RUNS_AT_ONCE) {
      throw new Refusal('TOO_MANY_RUNS', `${this.#running} runs are going on; try again`, {
        headers: { 'retry-after': '1' },
      });
    }
    this.#running++;
    try {
      return yield* run;
    } finally {
      this.#running--;
    }
  }
}
