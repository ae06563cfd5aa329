import { byteString } from '../model/byte-string.ts';
import { ByteOutput } from './byte-output.ts';
import { NumberColumn, type Numbers } from './number-column.ts';

/** A shorter text, or one of a single word, is kept as it is. */
const LEAST_CHARS = 32;

/**
 * The words of long texts, each with a number. Arguments of events are made of the same few words again and again: kept
 * so they take a fifth.
 */
export class WordTable {
  readonly #numbers = new Map<string, number>();
  readonly #output = new ByteOutput();
  readonly #ends = new NumberColumn();

  /** About what it takes in memory, without what a map takes for each of its entries. */
  get heldBytes(): number {
    return 2 * this.#output.length + this.#ends.heldBytes;
  }

  /** How many there are. */
  get size(): number {
    return this.#numbers.size;
  }

  /** The numbers of the words of a text; undefined for one that is kept as it is. */
  ofText(text: string): readonly number[] | undefined {
    if (text.length < LEAST_CHARS || !text.includes(' ')) return undefined;
    return text.split(' ').map((word) => this.#numberOf(word));
  }

  /** Where each word ends. */
  ends(): Numbers {
    return this.#ends.narrowed();
  }

  /** All words, one after the other. */
  bytes(): Uint8Array {
    return this.#output.bytes();
  }

  #numberOf(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(word, number);
    this.#output.textBytes(word);
    this.#ends.push(this.#output.length);
    return number;
  }
}

/** Words by number, each read when it is first asked for. */
export class StoredWords {
  readonly #ends: Numbers;
  readonly #bytes: Uint8Array;
  readonly #words: (string | undefined)[] = [];

  constructor(ends: Numbers, bytes: Uint8Array) {
    this.#ends = ends;
    this.#bytes = bytes;
  }

  /** The word of a number. Throws a RangeError where there is none. */
  readonly of = (number: number): string => (this.#words[number] ??= this.#read(number));

  #read(number: number): string {
    const end = this.#ends[number];
    if (end === undefined) throw new RangeError('no such word');
    return byteString(this.#bytes, number === 0 ? 0 : (this.#ends[number - 1] as number), end);
  }
}
