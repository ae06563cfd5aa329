import { fromUnicode, isAscii, type ByteString } from '../model/byte-string.ts';
import type { Source, Span } from '../model/source.ts';

const BYTE_ORDER_MARK = 0xfeff;
/** Bytes between two remembered places of a text that isn't plain ASCII. */
const STRIDE = 256;

/**
 * A source as the bytes in which Falco counts, with the way back to the characters in which spans count. A byte order
 * mark is not part of the bytes.
 */
export class DocumentText {
  readonly source: Source;
  readonly bytes: ByteString;
  readonly #skipped: number;
  readonly #ascii: boolean;
  #characters: Uint32Array | undefined;

  constructor(source: Source) {
    const text = source.text;
    this.source = source;
    this.#skipped = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
    const content = this.#skipped === 1 ? text.slice(1) : text;
    this.#ascii = isAscii(content);
    this.bytes = this.#ascii ? content : fromUnicode(content);
  }

  /** The stretch of the source for a stretch of bytes. */
  span(start: number, end: number): Span {
    return { source: this.source, start: this.character(start), end: this.character(end) };
  }

  /** The character offset in the source for an offset in the bytes; inside a character it is the character's start. */
  character(offset: number): number {
    if (this.#ascii) return offset + this.#skipped;
    this.#characters ??= this.#places();
    const place = Math.min(offset, this.bytes.length) >> 8;
    let count = this.#characters[place] as number;
    for (let at = place * STRIDE; at < offset; at++) count += unitsOf(this.bytes.charCodeAt(at));
    const inside = offset < this.bytes.length && unitsOf(this.bytes.charCodeAt(offset)) === 0;
    return count + this.#skipped - (inside ? this.#unitsBefore(offset) : 0);
  }

  #unitsBefore(offset: number): number {
    let at = offset - 1;
    while (unitsOf(this.bytes.charCodeAt(at)) === 0) at--;
    return unitsOf(this.bytes.charCodeAt(at));
  }

  #places(): Uint32Array {
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
