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

  /** Up to 32 tests of a thread together; undefined ones always hold. */
  word(tests: readonly (Test<Moment> | undefined)[]): ThreadWord {
    return new ThreadWord(this, tests, this.#column(2));
  }

  /** The first of so many columns. */
  #column(count = 1): number | undefined {
    const first = this.#columns;
    if (first + count > MAX_THREAD_VERDICT_COLUMNS) return undefined;
    if (first + count > this.#stride) this.#reset(this.#stride * 2, FIRST_ROWS);
    this.#columns += count;
    return first;
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

/** Up to 32 verdicts about the thread of a moment, a bit each; each is decided when it is first asked for. */
export class ThreadWord {
  readonly #memory: ThreadVerdicts;
  readonly #tests: readonly (Test<Moment> | undefined)[];
  /** Of the verdicts; the next one says which of them are known. Undefined where there is no room to remember. */
  readonly #column: number | undefined;
  /** Verdicts that hold whatever the thread. */
  readonly #always: number;

  constructor(memory: ThreadVerdicts, tests: readonly (Test<Moment> | undefined)[], column: number | undefined) {
    this.#memory = memory;
    this.#tests = tests;
    this.#column = column;
    this.#always = tests.reduce((bits, test, bit) => (test === undefined ? bits | (1 << bit) : bits), 0);
  }

  /** Which of the open tests hold or are not known to fail. */
  possible(open: number): number {
    if (this.#column === undefined) return open;
    const { bytes, words, base } = this.#memory;
    const at = base + this.#column;
    return bytes[at] === UNDECIDED ? open : open & (~(words[at + 1] as number) | (words[at] as number));
  }

  /** Which of those that are still open hold. */
  holding(open: number, moment: Moment): number {
    const asked = open & ~this.#always;
    if (asked === 0) return open;
    if (this.#column === undefined) return this.#decide(asked, moment) | (open & this.#always);
    const { bytes, words, base } = this.#memory;
    const at = base + this.#column;
    if (bytes[at] === UNDECIDED) {
      bytes[at] = YES;
      words[at] = words[at + 1] = 0;
    }
    const unknown = asked & ~(words[at + 1] as number);
    if (unknown !== 0) {
      words[at] = (words[at] as number) | this.#decide(unknown, moment);
      words[at + 1] = (words[at + 1] as number) | unknown;
    }
    return open & ((words[at] as number) | this.#always);
  }

  #decide(bits: number, moment: Moment): number {
    let holding = 0;
    for (let rest = bits; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest;
      if ((this.#tests[31 - Math.clz32(bit)] as Test<Moment>)(moment)) holding |= bit;
    }
    return holding;
  }
}
