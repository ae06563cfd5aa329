/** A newer request took the place of this one. */
export class Stale extends Error {}

/** Milliseconds of work between two looks at what else was asked. */
const SLICE_MS = 12;

/** Lets long work be given up: every few milliseconds it looks whether somebody asked for something newer. */
export class Pace {
  readonly #isStale: () => boolean;
  #since = performance.now();

  constructor(isStale: () => boolean = () => false) {
    this.#isStale = isStale;
  }

  /** True when it is time to look up. */
  get isDue(): boolean {
    return performance.now() - this.#since > SLICE_MS;
  }

  /** Lets messages come in. Throws Stale when the work is no longer wanted. */
  async rest(): Promise<void> {
    await nextTask();
    if (this.#isStale()) throw new Stale();
    this.#since = performance.now();
  }
}

/** Resolves after the tasks that wait already; a timer would wait for four milliseconds. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
