import { MAX_REMEMBERED_BYTES } from './limits.ts';
import type { Text } from './text.ts';

const FIRST_SLOTS = 1024;
const FIRST_BYTES = 16_384;

/** A text, with the hash of its bytes and where these are kept. */
interface Entry {
  readonly hash: number;
  readonly text: Text;
  readonly at: number;
}

/**
 * Texts by their bytes, which are kept a second time: to compare bytes with bytes takes a third of what it takes to
 * compare them with the characters of a string.
 */
export class TextBytes {
  #slots: (Entry | undefined)[] = Array.from({ length: FIRST_SLOTS });
  #bytes = new Uint8Array(FIRST_BYTES);
  #used = 0;
  #filled = 0;

  /** The text of a run of bytes, if it was added. */
  find(bytes: Uint8Array, start: number, end: number): Text | undefined {
    const hash = hashOf(bytes, start, end);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let entry = this.#slots[slot]; entry !== undefined; entry = this.#slots[(slot = (slot + 1) & mask)]) {
      if (entry.hash === hash && this.#holds(entry, bytes, start, end)) return entry.text;
    }
    return undefined;
  }

  /** Adds a text that is not there yet, as long as there is room. */
  add(text: Text, bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (this.#used + length > MAX_REMEMBERED_BYTES) return;
    if (this.#used + length > this.#bytes.length) this.#grow(this.#used + length);
    this.#bytes.set(bytes.subarray(start, end), this.#used);
    this.#place({ hash: hashOf(bytes, start, end), text, at: this.#used });
    this.#used += length;
    if (++this.#filled * 2 > this.#slots.length) this.#spread();
  }

  #holds({ text, at }: Entry, bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    if (text.value.length !== length) return false;
    const kept = this.#bytes;
    for (let i = 0; i < length; i++) if (kept[at + i] !== bytes[start + i]) return false;
    return true;
  }

  #place(entry: Entry): void {
    const mask = this.#slots.length - 1;
    let slot = entry.hash & mask;
    while (this.#slots[slot] !== undefined) slot = (slot + 1) & mask;
    this.#slots[slot] = entry;
  }

  #spread(): void {
    const old = this.#slots;
    this.#slots = Array.from({ length: old.length * 2 });
    for (const entry of old) if (entry !== undefined) this.#place(entry);
  }

  #grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, this.#bytes.length * 2));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Four bytes at a time, which takes two thirds of one at a time. The low bits are mixed with all others. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 ^ (end - start);
  let at = start;
  for (const last = end - 3; at < last; at += 4) {
    const four =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    hash = Math.imul(hash ^ four, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return hash ^ (hash >>> 15);
}
