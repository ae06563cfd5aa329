import { byteString, type ByteString } from './byte-string.ts';
import { MAX_REMEMBERED_TEXTS, MAX_REMEMBERED_TEXT_BYTES } from './limits.ts';

/**
 * An interned text. Equal texts of one `Texts` are the same object, so that a verdict about a text can be remembered
 * by `id`. Id 0 means not remembered: the table was full or the text too long.
 */
export interface Text {
  readonly id: number;
  readonly value: ByteString;
}

/** The bounded table of interned texts of one run. Bytes are hashed before they are decoded: a path seen twice is decoded once. */
export class Texts {
  readonly #byValue = new Map<ByteString, Text>();
  #slots: (InternedBytes | undefined)[] = Array.from({ length: 1024 });
  #filled = 0;
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
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let entry = this.#slots[slot]; entry !== undefined; entry = this.#slots[(slot = (slot + 1) & mask)]) {
      if (entry.hash === hash && equals(entry.text.value, bytes, start, end)) return entry.text;
    }
    const text = this.of(byteString(bytes, start, end));
    if (text.id !== 0) this.#remember(slot, { hash, text });
    return text;
  }

  #remember(slot: number, entry: InternedBytes): void {
    this.#slots[slot] = entry;
    if (++this.#filled * 2 <= this.#slots.length) return;
    const old = this.#slots;
    this.#slots = Array.from({ length: old.length * 2 });
    const mask = this.#slots.length - 1;
    for (const kept of old) {
      if (kept === undefined) continue;
      let at = (kept.hash ^ (kept.hash >>> 15)) & mask;
      while (this.#slots[at] !== undefined) at = (at + 1) & mask;
      this.#slots[at] = kept;
    }
  }
}

interface InternedBytes {
  readonly hash: number;
  readonly text: Text;
}

function equals(value: ByteString, bytes: Uint8Array, start: number, end: number): boolean {
  if (value.length !== end - start) return false;
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}
