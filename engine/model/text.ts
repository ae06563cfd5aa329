import { byteString, type ByteString } from './byte-string.ts';
import { MAX_REMEMBERED_TEXTS, MAX_REMEMBERED_TEXT_BYTES } from './limits.ts';
import { TextBytes } from './text-bytes.ts';

/**
 * An interned text. Equal texts of one `Texts` are the same object, so that a verdict about a text can be remembered
 * by `id`. Id 0 means not remembered: the table was full or the text too long.
 */
export interface Text {
  readonly id: number;
  readonly value: ByteString;
}

/** The bounded table of interned texts of one run. Bytes are looked up before they are decoded: a path seen twice is decoded once. */
export class Texts {
  readonly #byValue = new Map<ByteString, Text>();
  readonly #byBytes = new TextBytes();
  #next = 1;

  /** The text for a byte string. */
  of(value: ByteString): Text {
    const known = this.#byValue.get(value);
    if (known !== undefined) return known;
    if (this.#next >= MAX_REMEMBERED_TEXTS || value.length > MAX_REMEMBERED_TEXT_BYTES) return { id: 0, value };
    const text = { id: this.#next++, value };
    this.#byValue.set(value, text);
    return text;
  }

  /** The text for a run of bytes. */
  ofBytes(bytes: Uint8Array, start: number, end: number): Text {
    if (end - start > MAX_REMEMBERED_TEXT_BYTES) return { id: 0, value: byteString(bytes, start, end) };
    const known = this.#byBytes.find(bytes, start, end);
    if (known !== undefined) return known;
    const text = this.of(byteString(bytes, start, end));
    if (text.id !== 0) this.#byBytes.add(text, bytes, start, end);
    return text;
  }
}
