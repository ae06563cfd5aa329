import type { RunState } from './run.ts';
import type { RunStore } from './run-store.ts';

/** How often the store is asked, in milliseconds. */
const LOOK_EVERY_MS = 1_000;

/** Looks now and then whether a run was cancelled, so that a shard of it ends in the middle. */
export class CancelWatch {
  readonly #store: RunStore;
  readonly #state: RunState;
  readonly #now: () => number;
  #last: number;

  /** @param now milliseconds since the epoch */
  constructor(store: RunStore, state: RunState, now: () => number) {
    this.#store = store;
    this.#state = state;
    this.#now = now;
    this.#last = now();
  }

  /** True when nobody wants the run any more. Asks the store once a second at most. */
  async isCancelled(): Promise<boolean> {
    const now = this.#now();
    if (now - this.#last < LOOK_EVERY_MS) return false;
    this.#last = now;
    return this.#store.isCancelled(this.#state);
  }
}
