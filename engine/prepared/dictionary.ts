import type { Text } from '../model/text.ts';
import type { Value } from '../model/value.ts';
import { NONE } from './dictionary-builder.ts';
import { NO_ENTRY, type Entry } from './entry.ts';
import type { Numbers } from './number-column.ts';
import { ValueReader } from './value-bytes.ts';
import type { StoredWords } from './words.ts';

/** The different things that one field gives over a trace; each is read when it is first asked for. */
export class Dictionary {
  readonly #starts: Numbers;
  readonly #bytes: Uint8Array;
  readonly #words: StoredWords;
  readonly #entries: (Entry | undefined)[] = [];
  readonly #texts: (Text | undefined)[] = [];

  constructor(starts: Numbers, bytes: Uint8Array, words: StoredWords) {
    this.#starts = starts;
    this.#bytes = bytes;
    this.#words = words;
    this.#entries[0] = NO_ENTRY;
  }

  /** One more than the highest number of an entry. */
  get size(): number {
    return this.#starts.length + 1;
  }

  /** The entry of a number. Throws a RangeError where the bytes are not what was written. */
  entry(number: number): Entry {
    return this.#entries[number] ?? (this.#entries[number] = this.#read(number));
  }

  /** For a dictionary of texts: the text of a number, undefined for 0. */
  text(number: number): Text | undefined {
    if (number === 0) return undefined;
    return (this.#texts[number] ??= { id: number, value: this.entry(number).value as string });
  }

  #read(number: number): Entry {
    const start = this.#starts[number - 1];
    if (start === undefined) throw new RangeError('no such entry');
    const reader = new ValueReader(this.#bytes, start, this.#words.of);
    const isPlain = reader.byte() === 1;
    const value = reader.value();
    if (isPlain) return { ...NO_ENTRY, value };
    const printed = reader.value() as string | undefined;
    const json = reader.value();
    const count = reader.uint32();
    const candidates = count === NONE ? undefined : Array.from({ length: count }, () => reader.value() as Value);
    return { value, printed, json, candidates };
  }
}
