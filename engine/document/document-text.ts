import { fromUnicode, isAscii, type ByteString } from '../model/byte-string.ts';
import type { Source, Span } from '../model/source.ts';
import type { Mark } from './mark.ts';

const BYTE_ORDER_MARK = 0xfeff;
/** Bytes between two remembered places of a text that isn't plain ASCII. */
const STRIDE = 256;

/**
 * A source in both of the ways in which its places are counted: the bytes in which Falco counts, and the characters in
 * which spans count. A byte order mark is part of neither.
 */
export class DocumentText {
  readonly source: Source;
  readonly bytes: ByteString;
  readonly characters: string;
  readonly #skipped: number;
  readonly #ascii: boolean;
  #places: Uint32Array | undefined;
  #lines: Uint32Array | undefined;

  constructor(source: Source) {
    const text = source.text;
    this.source = source;
    this.#skipped = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
    this.characters = this.#skipped === 1 ? text.slice(1) : text;
    this.#ascii = isAscii(this.characters);
    this.bytes = this.#ascii ? this.characters : fromUnicode(this.characters);
  }

  /** The stretch of the source for a stretch of bytes. */
  span(start: number, end: number): Span {
    return { source: this.source, start: this.character(start), end: this.character(end) };
  }

  /** The character offset in the source for an offset in the bytes; inside a character it is the character's start. */
  character(offset: number): number {
    if (this.#ascii) return offset + this.#skipped;
    this.#places ??= this.#findPlaces();
    const place = Math.min(offset, this.bytes.length) >> 8;
    let count = this.#places[place] as number;
    for (let at = place * STRIDE; at < offset; at++) count += unitsOf(this.bytes.charCodeAt(at));
    const inside = offset < this.bytes.length && unitsOf(this.bytes.charCodeAt(offset)) === 0;
    return count + this.#skipped - (inside ? this.#unitsBefore(offset) : 0);
  }

  /** The byte offset of an offset in `characters`. */
  byte(character: number): number {
    if (this.#ascii) return character;
    this.#places ??= this.#findPlaces();
    let low = 0;
    let high = this.#places.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#places[middle] as number) < character) low = middle;
      else high = middle - 1;
    }
    let at = low * STRIDE;
    for (let count = this.#places[low] as number; count < character && at < this.bytes.length; at++) {
      count += unitsOf(this.bytes.charCodeAt(at));
    }
    while (at < this.bytes.length && unitsOf(this.bytes.charCodeAt(at)) === 0) at++;
    return at;
  }

  /** The place of an offset in `characters`, as Falco counts. */
  mark(character: number): Mark {
    this.#lines ??= lineStarts(this.bytes);
    const offset = this.byte(character);
    let low = 0;
    let high = this.#lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lines[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { offset, line: low, column: offset - (this.#lines[low] as number) };
  }

  #unitsBefore(offset: number): number {
    let at = offset - 1;
    while (unitsOf(this.bytes.charCodeAt(at)) === 0) at--;
    return unitsOf(this.bytes.charCodeAt(at));
  }

  #findPlaces(): Uint32Array {
    const places = new Uint32Array((this.bytes.length >> 8) + 1);
    let count = 0;
    for (let at = 0; at < this.bytes.length; at++) {
      if (at % STRIDE === 0) places[at >> 8] = count;
      count += unitsOf(this.bytes.charCodeAt(at));
    }
    if (this.bytes.length % STRIDE === 0) places[this.bytes.length >> 8] = count;
    return places;
  }
}

/** Characters (UTF-16 units) that begin with this byte of UTF-8. */
function unitsOf(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xc0) return 0;
  return byte < 0xf0 ? 1 : 2;
}

function lineStarts(bytes: ByteString): Uint32Array {
  const starts = [0];
  for (let at = bytes.indexOf('\n'); at !== -1; at = bytes.indexOf('\n', at + 1)) starts.push(at + 1);
  return Uint32Array.from(starts);
}
