/** Exits remembered, as in Falco. */
const REMEMBERED = 8192;
const BUCKETS = 16384;
/** Nanoseconds for which an exit counts, as in Falco. */
const WINDOW = 2_000_000_000;

/**
 * The last threads that exited. A parent's side of a clone can come after its child's exit; it must not bring the
 * child back. Parent and child together are the key, since a tid alone is soon used again.
 */
export class RecentlyExited {
  readonly #tids = new Int32Array(REMEMBERED);
  readonly #ptids = new Int32Array(REMEMBERED);
  readonly #lows = new Uint32Array(REMEMBERED);
  readonly #highs = new Uint32Array(REMEMBERED);
  /** Number of the exit before in the same bucket, counted from 1; 0 for none. */
  readonly #before = new Float64Array(REMEMBERED);
  readonly #newest = new Float64Array(BUCKETS);
  #count = 0;

  /** Remembers an exit; the time in two halves, nanoseconds since the epoch. */
  add(tid: number, ptid: number, timeLow: number, timeHigh: number): void {
    const slot = this.#count % REMEMBERED;
    const bucket = bucketOf(tid);
    this.#tids[slot] = tid;
    this.#ptids[slot] = ptid;
    this.#lows[slot] = timeLow;
    this.#highs[slot] = timeHigh;
    this.#before[slot] = this.#newest[bucket] as number;
    this.#newest[bucket] = ++this.#count;
  }

  /** Whether this child of this parent exited within the two seconds before a time. */
  has(tid: number, ptid: number, timeLow: number, timeHigh: number): boolean {
    let number = this.#newest[bucketOf(tid)] as number;
    for (
      ;
      number > 0 && number > this.#count - REMEMBERED;
      number = this.#before[(number - 1) % REMEMBERED] as number
    ) {
      const slot = (number - 1) % REMEMBERED;
      if (this.#tids[slot] !== (tid | 0) || this.#ptids[slot] !== (ptid | 0)) continue;
      const age = (timeHigh - (this.#highs[slot] as number)) * 0x100000000 + timeLow - (this.#lows[slot] as number);
      if (age >= 0 && age < WINDOW) return true;
    }
    return false;
  }

  clear(): void {
    this.#newest.fill(0);
    this.#count = 0;
  }
}

function bucketOf(tid: number): number {
  return (tid | 0) & (BUCKETS - 1);
}
