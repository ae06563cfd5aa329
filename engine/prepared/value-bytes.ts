import { byteString } from '../model/byte-string.ts';
import type { Scalar, Value } from '../model/value.ts';
import type { ByteOutput } from './byte-output.ts';

/** First byte of a value: what follows. */
const TAG = { ABSENT: 0, TEXT: 1, NUMBER: 2, BIG: 3, FALSE: 4, TRUE: 5, LIST: 6, WORDS: 7 } as const;

/**
 * Writes a value: a byte for its kind, then a text as u32 length and bytes, a number as float64, a whole number beyond
 * 2^53 as its digits, a list as u32 count and its items. Little endian.
 */
export function writeValue(output: ByteOutput, value: Value | undefined): void {
  switch (typeof value) {
    case 'undefined':
      return output.byte(TAG.ABSENT);
    case 'string':
      output.byte(TAG.TEXT);
      return output.text(value);
    case 'number':
      output.byte(TAG.NUMBER);
      return output.float64(value);
    case 'bigint':
      output.byte(TAG.BIG);
      return output.text(String(value));
    case 'boolean':
      return output.byte(value ? TAG.TRUE : TAG.FALSE);
    case 'object':
      output.byte(TAG.LIST);
      output.uint32(value.length);
      for (const item of value) writeValue(output, item);
  }
}

/** Writes a text as the numbers of its words, as varints: how many, then each. What separates them is a blank. */
export function writeWords(output: ByteOutput, words: readonly number[]): void {
  output.byte(TAG.WORDS);
  output.varint(words.length);
  for (const word of words) output.varint(word);
}

/** Reads values one after the other. */
export class ValueReader {
  readonly #bytes: Uint8Array;
  readonly #wordOf: (number: number) => string;
  readonly #view: DataView;
  #at: number;

  /** @param wordOf the words of texts that were written as such */
  constructor(bytes: Uint8Array, at: number, wordOf: (number: number) => string) {
    this.#bytes = bytes;
    this.#wordOf = wordOf;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = at;
  }

  /** The next byte. */
  byte(): number {
    return this.#view.getUint8(this.#at++);
  }

  /** The next value. Throws a RangeError where the bytes end too early. */
  value(): Value | undefined {
    switch (this.byte()) {
      case TAG.ABSENT:
        return undefined;
      case TAG.TEXT:
        return this.#text();
      case TAG.NUMBER:
        this.#at += 8;
        return this.#view.getFloat64(this.#at - 8, true);
      case TAG.BIG:
        return BigInt(this.#text());
      case TAG.FALSE:
        return false;
      case TAG.TRUE:
        return true;
      case TAG.LIST: {
        const items: Scalar[] = [];
        for (let left = this.uint32(); left > 0; left--) items.push(this.value() as Scalar);
        return items;
      }
      case TAG.WORDS:
        return Array.from({ length: this.varint() }, () => this.#wordOf(this.varint())).join(' ');
      default:
        throw new RangeError('no such kind of value');
    }
  }

  /** The next whole number that was written as a varint. */
  varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  /** The next whole number of 4 bytes. */
  uint32(): number {
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4, true);
  }

  #text(): string {
    const length = this.uint32();
    this.#at += length;
    if (this.#at > this.#bytes.length) throw new RangeError('a text goes beyond the end');
    return byteString(this.#bytes, this.#at - length, this.#at);
  }
}
