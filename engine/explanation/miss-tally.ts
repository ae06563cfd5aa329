import type { Moment } from '../state/moment.ts';

/** Events that fail for the same checks. */
export interface TalliedMiss<Told> {
  /** Numbers of the checks that would have to change. */
  readonly checks: readonly number[];
  /** How many events. */
  count: number;
  /** What is told of the first of them. */
  readonly first: Told;
}

/**
 * Keeps the nearest misses of a rule, one for each set of checks, with exact counts: what was pushed out is farther than
 * all that is kept, and so it never comes back.
 */
export class MissTally<Told> {
  readonly #most: number;
  readonly #tell: (moment: Moment, checks: readonly number[]) => Told;
  readonly #kept = new Map<string, TalliedMiss<Told>>();
  #farthest = 0;

  /**
   * @param most how many sets are kept
   * @param tell makes what is remembered of the first event of a set
   */
  constructor(most: number, tell: (moment: Moment, checks: readonly number[]) => Told) {
    this.#most = most;
    this.#tell = tell;
  }

  /** So many checks may differ for an event to matter. */
  get reach(): number {
    return this.#kept.size < this.#most ? Infinity : this.#farthest;
  }

  /** Takes an event that is no farther than `reach`. */
  add(checks: readonly number[], moment: Moment): void {
    const key = checks.join();
    const known = this.#kept.get(key);
    if (known !== undefined) {
      known.count++;
      return;
    }
    if (this.#kept.size >= this.#most) {
      if (checks.length >= this.#farthest) return;
      this.#dropFarthest();
    }
    this.#kept.set(key, { checks, count: 1, first: this.#tell(moment, checks) });
    this.#farthest = Math.max(...[...this.#kept.values()].map((miss) => miss.checks.length));
  }

  /** The nearest first; of equally near ones the rarest, which tell most; then the earliest. */
  sorted(): readonly TalliedMiss<Told>[] {
    return [...this.#kept.values()].toSorted((a, b) => a.checks.length - b.checks.length || a.count - b.count);
  }

  /** Of the farthest ones the last that came goes. */
  #dropFarthest(): void {
    let found: string | undefined;
    for (const [key, { checks }] of this.#kept) if (checks.length === this.#farthest) found = key;
    if (found !== undefined) this.#kept.delete(found);
  }
}
