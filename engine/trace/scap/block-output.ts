import type { ByteString } from '../../model/byte-string.ts';
import type { Integer } from '../../model/integer.ts';

/** Bytes that are collected before they are handed on. */
const CHUNK_BYTES = 65_536;
/** Up to so many bytes are copied faster one by one than by a call with a view made for it. */
const SHORT_BYTES = 96;

/** Writes blocks into a buffer that grows with the block being written, and hands on whole blocks in chunks. */
export class BlockOutput {
  readonly #output: (bytes: Uint8Array) => void;
  #bytes = new Uint8Array(CHUNK_BYTES * 2);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;
  /** Where the open block, and the open entry in it, begin. */
  #block = 0;
  #entry = 0;

  /** @param output receives chunks that are its own to keep */
  constructor(output: (bytes: Uint8Array) => void) {
    this.#output = output;
  }

  /** Bytes of the open block so far. */
  get blockBytes(): number {
    return this.#at - this.#block;
  }

  beginBlock(type: number): void {
    this.#block = this.#at;
    this.uint32(type);
    this.uint32(0);
  }

  /** Pads the open block, writes its length at both ends and hands on what has come together. */
  endBlock(): void {
    while (this.blockBytes % 4 !== 0) this.uint8(0);
    const length = this.blockBytes + 4;
    this.uint32(length);
    this.#view.setUint32(this.#block + 4, length, true);
    if (this.#at >= CHUNK_BYTES) this.flush();
  }

  /** Begins a list entry whose length will stand in front of it. */
  beginEntry(): void {
    this.#entry = this.#at;
    this.uint32(0);
  }

  /** @param countsItself whether the length includes its own four bytes */
  endEntry(countsItself = true): void {
    this.#view.setUint32(this.#entry, this.#at - this.#entry - (countsItself ? 0 : 4), true);
  }

  uint8(value: number): void {
    this.#room(1);
    this.#view.setUint8(this.#at, value);
    this.#at += 1;
  }

  uint16(value: number): void {
    this.#room(2);
    this.#view.setUint16(this.#at, value, true);
    this.#at += 2;
  }

  uint32(value: number): void {
    this.#room(4);
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
  }

  /** Any 64-bit integer, signed or not. */
  integer64(value: Integer): void {
    this.#room(8);
    if (typeof value === 'bigint') this.#view.setBigUint64(this.#at, BigInt.asUintN(64, value), true);
    else {
      const high = Math.floor(value / 0x100000000);
      this.#view.setUint32(this.#at, value - high * 0x100000000, true);
      this.#view.setUint32(this.#at + 4, high, true);
    }
    this.#at += 8;
  }

  /** A byte string as it is, without a length. */
  raw(text: ByteString): void {
    this.#room(text.length);
    for (let i = 0; i < text.length; i++) this.#bytes[this.#at + i] = text.charCodeAt(i);
    this.#at += text.length;
  }

  /** A byte string behind its 16-bit length. */
  text(text: ByteString): void {
    this.uint16(text.length);
    this.raw(text);
  }

  bytes(source: Uint8Array, start: number, end: number): void {
    const length = end - start;
    this.#room(length);
    const target = this.#bytes;
    const at = this.#at;
    if (length > SHORT_BYTES) target.set(source.subarray(start, end), at);
    else for (let i = 0; i < length; i++) target[at + i] = source[start + i] as number;
    this.#at = at + length;
  }

  /** Hands on all that is left. No block may be open. */
  flush(): void {
    if (this.#at === 0) return;
    this.#output(this.#bytes.slice(0, this.#at));
    this.#at = 0;
    this.#block = 0;
  }

  #room(count: number): void {
    const needed = this.#at + count;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
