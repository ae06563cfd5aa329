import type { Text } from '../model/text.ts';
import { Moment } from '../state/moment.ts';
import { NO, UNDECIDED, YES } from '../match/thread-verdicts.ts';
import { createSystem } from '../state/system.ts';
import type { Dictionary } from './dictionary.ts';
import { NO_ENTRY, type Entry } from './entry.ts';
import type { Numbers } from './number-column.ts';
import type { PreparedTrace, Table } from './prepared-trace.ts';

/** Something that rules read of rows: a field, or a text that fields share; it has the same place on every trace. */
export interface Column {
  readonly storage: 'thread' | 'text' | 'event';
  readonly name: string;
}

/** Stands for the place of all that is known of threads at once. */
export const THREAD_ROW = -1;

/** Verdicts on more different entries than this are not remembered: each is met once or twice. */
const MOST_REMEMBERED = 0x10000;

/**
 * A moment of a prepared trace. Fields that are stored read it by place; what a rule can see of it otherwise is the
 * number, the time and the type of its event.
 */
export class Row extends Moment {
  readonly #trace: PreparedTrace;
  readonly #columns: readonly Column[];
  readonly #dictionaries: readonly Dictionary[];
  /** By place: columns by row of threads, and those of the present table. */
  #numbers: readonly (Numbers | undefined)[];
  readonly #ofTables = new Map<Table, readonly (Numbers | undefined)[]>();
  readonly #threadRows: number;
  /** By check, by entry. */
  readonly #verdicts: (Uint8Array | undefined)[] = [];
  #table: Table | undefined = undefined;
  #index = 0;
  #threadRow = 0;

  constructor(trace: PreparedTrace, columns: readonly Column[]) {
    super(createSystem({}));
    this.#trace = trace;
    this.#columns = columns;
    this.#dictionaries = columns.map(({ name }) => trace.dictionary(name));
    this.#numbers = columns.map(({ storage, name }) => (storage === 'thread' ? trace.ofThreads(name) : undefined));
    this.#threadRows = trace.head.threads;
  }

  /** Turns to the events of a type. */
  enter(table: Table): void {
    this.#table = table;
    this.event.type = table.code;
    let numbers = this.#ofTables.get(table);
    if (numbers === undefined) {
      numbers = this.#columns.map(({ storage, name }, place) =>
        storage === 'thread' ? this.#numbers[place] : this.#trace.ofEvents(table.code, name),
      );
      this.#ofTables.set(table, numbers);
    }
    this.#numbers = numbers;
  }

  /** Turns to an event of that type. */
  turnTo(index: number): void {
    const { numbers, timesLow, timesHigh, threads } = this.#table as Table;
    const { event } = this;
    this.#index = index;
    event.num = numbers[index] as number;
    event.timeLow = timesLow[index] as number;
    event.timeHigh = ((timesHigh[index] as number) + this.#trace.head.highBase) >>> 0;
    this.#threadRow = threads[index] as number;
  }

  /** How many entries the thing at a place can have, `NO_ENTRY` included; for `THREAD_ROW` that is rows of threads. */
  entriesAt(place: number): number {
    return place === THREAD_ROW ? this.#threadRows : (this.#dictionaries[place] as Dictionary).size;
  }

  /** By event of the present table: the entry at a place; undefined where none of its events has anything there. */
  numbersAt(place: number): Numbers | undefined {
    return place === THREAD_ROW ? (this.#table as Table).threads : this.#numbers[place];
  }

  /**
   * A verdict on what is stored at a place, decided once for each different entry.
   *
   * @param check the number of the check among all checks
   */
  verdict(check: number, place: number, decide: (row: Row) => boolean): boolean {
    const numbers = this.#numbers[place];
    const isOfThread = this.#columns[place]?.storage === 'thread';
    const number = numbers === undefined ? 0 : (numbers[isOfThread ? this.#threadRow : this.#index] as number);
    let verdicts = this.#verdicts[check];
    if (verdicts === undefined) {
      const { size } = this.#dictionaries[place] as Dictionary;
      if (size > MOST_REMEMBERED) return decide(this);
      this.#verdicts[check] = verdicts = new Uint8Array(size);
    }
    const known = verdicts[number] as number;
    if (known !== UNDECIDED) return known === YES;
    const verdict = decide(this);
    verdicts[number] = verdict ? YES : NO;
    return verdict;
  }

  /** What is stored at a place with the events. */
  entry(place: number): Entry {
    const numbers = this.#numbers[place];
    if (numbers === undefined) return NO_ENTRY;
    return (this.#dictionaries[place] as Dictionary).entry(numbers[this.#index] as number);
  }

  /** What is stored at a place with the threads. */
  ofThread(place: number): Entry {
    const numbers = this.#numbers[place];
    if (numbers === undefined) return NO_ENTRY;
    return (this.#dictionaries[place] as Dictionary).entry(numbers[this.#threadRow] as number);
  }

  /** The text that is stored at a place. */
  text(place: number): Text | undefined {
    const numbers = this.#numbers[place];
    return numbers === undefined ? undefined : this.#dictionaries[place]?.text(numbers[this.#index] as number);
  }
}
