import type { Field } from '../fields/field.ts';
import { lineStamp } from '../state/line-stamp.ts';
import type { Moment } from '../state/moment.ts';
import { DictionaryBuilder } from './dictionary-builder.ts';
import { entryAt } from './entry.ts';
import { NumberColumn } from './number-column.ts';

/** What one field adds to the key of a row, about. */
const BYTES_OF_KEY = 5;

/** The different states of threads in which rules could see them: one row for all that is stored of a thread at once. */
export class ThreadRows {
  readonly #fields: readonly Field[];
  readonly #dictionaries: readonly DictionaryBuilder[];
  readonly #columns: readonly NumberColumn[];
  readonly #rows = new Map<string, number>();
  /** By slot of a thread: the stamp for which its row was found, and the row. */
  readonly #found: ({ stamp: number; row: number } | undefined)[] = [];

  constructor(fields: readonly Field[]) {
    this.#fields = fields;
    this.#dictionaries = fields.map(() => new DictionaryBuilder());
    this.#columns = fields.map(() => new NumberColumn());
  }

  /** How many rows there are. */
  get count(): number {
    return this.#rows.size;
  }

  /** About what they take in memory. */
  get heldBytes(): number {
    const columns = this.#columns.reduce((sum, column) => sum + column.heldBytes, 0);
    const entries = this.#dictionaries.reduce((sum, dictionary) => sum + dictionary.heldBytes, 0);
    return columns + entries + this.#rows.size * this.#fields.length * BYTES_OF_KEY;
  }

  /** The row of a moment. Without a thread the moment itself tells, as for news of a container. */
  rowAt(moment: Moment): number {
    const { thread, system } = moment;
    if (thread === undefined) return this.#intern(moment);
    const stamp = lineStamp(thread, system.threads.clock);
    const found = this.#found[thread.slot];
    if (found !== undefined && found.stamp === stamp) return found.row;
    const row = this.#intern(moment);
    this.#found[thread.slot] = { stamp, row };
    return row;
  }

  /** Each field with its dictionary and its column of entries by row. */
  columns(): readonly { readonly field: Field; readonly dictionary: DictionaryBuilder; readonly rows: NumberColumn }[] {
    return this.#fields.map((field, i) => ({
      field,
      dictionary: this.#dictionaries[i] as DictionaryBuilder,
      rows: this.#columns[i] as NumberColumn,
    }));
  }

  #intern(moment: Moment): number {
    const numbers = this.#fields.map((field, i) =>
      (this.#dictionaries[i] as DictionaryBuilder).of(entryAt(field, moment)),
    );
    const key = numbers.join();
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const row = this.#rows.size;
    this.#rows.set(key, row);
    numbers.forEach((number, i) => this.#columns[i]?.push(number));
    return row;
  }
}
