import type { Text } from '../model/text.ts';
import { Moment } from '../state/moment.ts';
import { createSystem } from '../state/system.ts';
import { Thread } from '../state/thread.ts';
import type { Dictionary } from './dictionary.ts';
import { NO_ENTRY, type Entry } from './entry.ts';
import type { Numbers } from './number-column.ts';
import type { PreparedTrace, Table } from './prepared-trace.ts';

/** Something that rules read of rows: a field, or a text that fields share; it has the same place on every trace. */
export interface Column {
  readonly storage: 'thread' | 'text' | 'event';
  readonly name: string;
}

/**
 * A moment of a prepared trace. Fields that are stored read it by place; what a rule can see of it otherwise is the
 * number, the time and the type of its event, and its thread, in whose slot its row of threads stands.
 */
export class Row extends Moment {
  readonly #trace: PreparedTrace;
  readonly #columns: readonly Column[];
  readonly #dictionaries: readonly Dictionary[];
  /** By place: columns by row of threads; the others are those of the present table. */
  readonly #numbers: (Numbers | undefined)[];
  readonly #threads: readonly Thread[];
  #table: Table | undefined = undefined;
  #index = 0;
  #threadRow = 0;

  constructor(trace: PreparedTrace, columns: readonly Column[]) {
    super(createSystem({}));
    this.#trace = trace;
    this.#columns = columns;
    this.#dictionaries = columns.map(({ name }) => trace.dictionary(name));
    this.#numbers = columns.map(({ storage, name }) => (storage === 'thread' ? trace.ofThreads(name) : undefined));
    this.#threads = threadsOf(trace.head.threads, this);
  }

  /** Turns to the events of a type. */
  enter(table: Table): void {
    this.#table = table;
    this.event.type = table.code;
    this.#columns.forEach(({ storage, name }, place) => {
      if (storage !== 'thread') this.#numbers[place] = this.#trace.ofEvents(table.code, name);
    });
  }

  /** Turns to an event of that type. */
  turnTo(index: number): void {
    const { numbers, timesLow, timesHigh, threads } = this.#table as Table;
    const { event } = this;
    this.#index = index;
    event.num = numbers[index] as number;
    event.timeLow = timesLow[index] as number;
    event.timeHigh = timesHigh[index] as number;
    this.#threadRow = threads[index] as number;
    this.thread = this.#threads[this.#threadRow];
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

/** A thread for each row, only to be told apart by its slot; nothing about them ever changes. */
function threadsOf(count: number, { system }: Row): readonly Thread[] {
  const threads = Array.from({ length: count }, (_, slot) => {
    const thread = new Thread(slot, system.threads);
    thread.slot = slot;
    return thread;
  });
  const { now } = system.threads.clock;
  for (const thread of threads) thread.lineFoundAt = thread.lineStamp = now;
  return threads;
}
