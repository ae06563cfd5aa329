import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** From this part of the cap on, something is given up each second, as when the ring is full. */
const NEAR = 0.9;
/** Times that are let pass between two looks at the memory, which cost some microseconds. */
const SELDOM = 16;
/** Milliseconds after which the stream is read again, whatever the memory is: what the kernel counts must be taken now and then. */
const LONGEST_MS = 1000;

/**
 * The most memory that the agent has. Near it the steps of overload are taken; above it the stream is left alone: the ring fills,
 * and what does not fit is counted. The agent itself never ends for it.
 */
export class MemoryCap {
  readonly bytes: number;
  readonly #resident: () => number;
  #asked = 0;
  #collect: (() => void) | undefined;
  /** How often the stream was left alone. */
  stops = 0;

  /**
   * @param bytes the cap
   * @param resident gives the bytes that the agent has now
   */
  constructor(bytes: number, resident: () => number = () => process.memoryUsage.rss()) {
    this.bytes = bytes;
    this.#resident = resident;
  }

  get isNear(): boolean {
    return this.#resident() >= this.bytes * NEAR;
  }

  get isOver(): boolean {
    return this.#resident() > this.bytes;
  }

  /** Whether the stream is to be left alone from now on; asked for each piece of it. */
  mustStop(): boolean {
    if (this.#asked++ % SELDOM !== 0 || !this.isOver) return false;
    this.stops++;
    this.#collectGarbage();
    return true;
  }

  /** Whether it may be read again, after so long. */
  mayGoOn(milliseconds: number): boolean {
    return !this.isOver || milliseconds >= LONGEST_MS;
  }

  /** V8 lets garbage lie as long as its heap may grow; the heap's limit is not the cap. */
  #collectGarbage(): void {
    if (this.#collect === undefined) {
      setFlagsFromString('--expose-gc');
      this.#collect = runInNewContext('gc') as () => void;
    }
    this.#collect();
  }
}
