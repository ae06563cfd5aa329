import type { Value } from '../model/value.ts';
import { ByteOutput } from './byte-output.ts';
import { isPlain, type Entry } from './entry.ts';
import { NumberColumn, type Numbers } from './number-column.ts';
import { writeValue, writeWords } from './value-bytes.ts';
import { WordTable } from './words.ts';

/** The different things that one field gives over a trace, each with a number; 0 is nothing at all. */
export class DictionaryBuilder {
  /** Numbers of entries that are a single scalar, by that. */
  readonly #scalars = new Map<Value, number>();
  /** Numbers of the others, by their bytes. */
  readonly #others = new Map<string, number>();
  readonly #output = new ByteOutput();
  readonly #starts = new NumberColumn();
  readonly #words = new WordTable();
  #keyChars = 0;
  #next = 1;

  /** About what it takes in memory: each entry lies there as bytes and as the key by which it is found. */
  get heldBytes(): number {
    const bytes = this.#output.length + this.#starts.heldBytes + this.#words.heldBytes;
    return bytes + this.#keyChars + BYTES_OF_KEY * (this.#next + this.#words.size);
  }

  /** The number of an entry that is only a value. */
  ofValue(value: Value | undefined): number {
    if (value === undefined) return 0;
    if (typeof value === 'object')
      return this.#other({ value, printed: undefined, json: undefined, candidates: undefined });
    const words = typeof value === 'string' ? this.#words.ofText(value) : undefined;
    if (words !== undefined) return this.#ofWords(words);
    const known = this.#scalars.get(value);
    if (known !== undefined) return known;
    this.#scalars.set(value, this.#next);
    if (typeof value === 'string') this.#keyChars += value.length;
    return this.#add({ value, printed: undefined, json: undefined, candidates: undefined });
  }

  /** The number of an entry. */
  of(entry: Entry): number {
    return isPlain(entry) ? this.ofValue(entry.value) : this.#other(entry);
  }

  /** Where each entry begins in the bytes, from entry 1 on. */
  starts(): Numbers {
    return this.#starts.narrowed();
  }

  /** The entries one after the other: a byte that says how many values follow, then value, printed, json, candidates. */
  bytes(): Uint8Array {
    return this.#output.bytes();
  }

  /** The words that texts are made of. */
  get words(): WordTable {
    return this.#words;
  }

  #other(entry: Entry): number {
    const key = keyOf(entry);
    const known = this.#others.get(key);
    if (known !== undefined) return known;
    this.#others.set(key, this.#next);
    this.#keyChars += key.length;
    return this.#add(entry);
  }

  #ofWords(words: readonly number[]): number {
    const key = `w${words.map((word) => String.fromCharCode(word & 0xffff, word >>> 16)).join('')}`;
    const known = this.#others.get(key);
    if (known !== undefined) return known;
    this.#others.set(key, this.#next);
    this.#keyChars += 2 * key.length;
    this.#starts.push(this.#output.length);
    this.#output.byte(1);
    writeWords(this.#output, words);
    return this.#next++;
  }

  #add(entry: Entry): number {
    this.#starts.push(this.#output.length);
    const output = this.#output;
    output.byte(isPlain(entry) ? 1 : 4);
    writeValue(output, entry.value);
    if (!isPlain(entry)) {
      writeValue(output, entry.printed);
      writeValue(output, entry.json);
      output.uint32(entry.candidates === undefined ? NONE : entry.candidates.length);
      for (const candidate of entry.candidates ?? []) writeValue(output, candidate);
    }
    return this.#next++;
  }
}

/** What a map takes for each of its entries, about. */
const BYTES_OF_KEY = 50;

/** Stands for candidates that are not there, as against none of them. */
export const NONE = 0xffff_ffff;

function keyOf({ value, printed, json, candidates }: Entry): string {
  return [value, printed, json, ...(candidates ?? []), candidates === undefined].map(partKey).join();
}

function partKey(part: Value | undefined): string {
  if (typeof part === 'string') return `s${part.length}:${part}`;
  return typeof part === 'object' ? `[${part.map(partKey).join()}]` : `${(typeof part)[0]}${String(part)}`;
}
