import { MAX_RUN_WAIT_MS, MAX_RUNS_AT_ONCE, MAX_RUNS_WAITING } from '../../engine/model/limits.ts';
import { Refusal } from './problem.ts';

/** A run that waits; called with whether it may begin. */
type Waiting = (mayBegin: boolean) => void;

/**
 * Counts the runs that go on in one app: each holds the state of a machine in memory. Those that come while too many go
 * on wait in a line; where the line is long, or does not move, they are asked to come again.
 */
export class RunLimit {
  readonly #waiting = new Set<Waiting>();
  readonly #waitMs: number;
  #running = 0;

  /** @param waitMs how long a run waits for others to end, in milliseconds */
  constructor(waitMs = MAX_RUN_WAIT_MS) {
    this.#waitMs = waitMs;
  }

  /** Runs that go on. */
  get running(): number {
    return this.#running;
  }

  /** Runs that wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** The same run, counted from its first step to its end; the first step waits for its turn, and refuses when none comes. */
  async *counted<T, R>(run: AsyncGenerator<T, R>): AsyncGenerator<T, R> {
    await this.#turn();
    try {
      return yield* run;
    } finally {
      // The place goes to the first of the line, so that nobody comes between.
      const [next] = this.#waiting;
      if (next === undefined) this.#running--;
      else next(true);
    }
  }

  async #turn(): Promise<void> {
    if (this.#running < MAX_RUNS_AT_ONCE) {
      this.#running++;
      return;
    }
    if (this.#waiting.size >= MAX_RUNS_WAITING || !(await this.#waited())) {
      throw new Refusal(
        'TOO_MANY_RUNS',
        `${this.#running} runs are going on and ${this.#waiting.size} wait; try again`,
        {
          headers: { 'retry-after': '5' },
        },
      );
    }
  }

  #waited(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => decide(false), this.#waitMs);
      const decide = (mayBegin: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(decide);
        resolve(mayBegin);
      };
      this.#waiting.add(decide);
    });
  }
}
