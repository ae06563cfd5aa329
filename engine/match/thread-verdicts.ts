import { MAX_THREAD_VERDICT_BYTES, MAX_THREAD_VERDICT_COLUMNS } from '../model/limits.ts';
import { lineStamp } from '../state/line-stamp.ts';
import type { Moment } from '../state/moment.ts';
import type { Test } from './branches.ts';

/** A verdict that was not asked for yet; the others are `NO` and `YES`. */
export const UNDECIDED = 0;
/** It does not hold. */
export const NO = 1;
/** It holds. */
export const YES = 2;

const FIRST_STRIDE = 64;
const FIRST_ROWS = 256;
/** Bits remembered together take a column of the bytes, which says whether they are known, and four bytes more. */
const BYTES_PER_COLUMN = 5;

/**
 * What was decided about each thread: a row per thread, a column per test. A row is wiped when anything changed that the
 * thread's facts can depend on, which one stamp tells.
 */
export class ThreadVerdicts {
  /** Verdicts, row by row; row 0 serves threads that are not known or beyond the limit, and is wiped each time. */
  bytes = new Uint8Array(FIRST_STRIDE * FIRST_ROWS);
  /** Words of bits by the same index, for columns that hold some; a word counts where its byte is not `UNDECIDED`. */
  words = new Int32Array(FIRST_STRIDE * FIRST_ROWS);
  /** Where the row of the present thread begins. */
  base = 0;
  #stride = FIRST_STRIDE;
  #columns = 0;
  /** By row: the stamp for which the row was filled. */
  #stamps = new Float64Array(FIRST_ROWS).fill(-1);

  /** The same test, asked at most once while nothing about the thread changes, as long as there is room for it. */
  remember(test: Test<Moment>): Test<Moment> {
    const column = this.#column();
    if (column === undefined) return test;
    return (moment) => {
      const at = this.base + column;
      const known = this.bytes[at] as number;
      if (known !== UNDECIDED) return known === YES;
      const verdict = test(moment);
      this.bytes[at] = verdict ? YES : NO;
      return verdict;
    };
  }

  /** Up to 32 verdicts that are decided together. */
  word(): ThreadWord {
    return new ThreadWord(this, this.#column());
  }

  #column(): number | undefined {
    if (this.#columns === MAX_THREAD_VERDICT_COLUMNS) return undefined;
    if (this.#columns === this.#stride) this.#reset(this.#stride * 2, FIRST_ROWS);
    return this.#columns++;
  }

  /** Turns to the thread of a moment. */
  begin({ thread, system }: Moment): void {
    const row = thread === undefined ? 0 : this.#rowOf(thread.slot + 1);
    this.base = row * this.#stride;
    const stamp = row === 0 || thread === undefined ? -1 : lineStamp(thread, system.threads.clock);
    if (stamp !== -1 && this.#stamps[row] === stamp) return;
    this.bytes.fill(UNDECIDED, this.base, this.base + this.#columns);
    this.#stamps[row] = stamp;
  }

  #rowOf(row: number): number {
    if (row < this.#stamps.length) return row;
    const rows = Math.max(row + 1, this.#stamps.length * 2);
    if (rows * this.#stride * BYTES_PER_COLUMN > MAX_THREAD_VERDICT_BYTES) return 0;
    this.#grow(rows);
    return row;
  }

  #grow(rows: number): void {
    const { bytes, words } = this;
    const stamps = this.#stamps;
    this.#reset(this.#stride, rows);
    this.bytes.set(bytes);
    this.words.set(words);
    this.#stamps.set(stamps);
  }

  #reset(stride: number, rows: number): void {
    this.#stride = stride;
    this.bytes = new Uint8Array(stride * rows);
    this.words = new Int32Array(stride * rows);
    this.#stamps = new Float64Array(rows).fill(-1);
    this.base = 0;
  }
}

/** 32 verdicts about a thread that are decided together. */
export class ThreadWord {
  readonly #verdicts: ThreadVerdicts;
  readonly #column: number;
  readonly #remembers: boolean;

  /** @param column undefined where there is no room to remember */
  constructor(verdicts: ThreadVerdicts, column: number | undefined) {
    this.#verdicts = verdicts;
    this.#column = column ?? 0;
    this.#remembers = column !== undefined;
  }

  /** True when they are decided for the present thread. */
  isKnown(): boolean {
    return this.#remembers && this.#verdicts.bytes[this.#verdicts.base + this.#column] !== UNDECIDED;
  }

  /** The verdicts, a bit each. */
  bits(): number {
    return this.#verdicts.words[this.#verdicts.base + this.#column] as number;
  }

  /** Remembers them. */
  set(bits: number): void {
    if (!this.#remembers) return;
    const at = this.#verdicts.base + this.#column;
    this.#verdicts.bytes[at] = YES;
    this.#verdicts.words[at] = bits;
  }
}
