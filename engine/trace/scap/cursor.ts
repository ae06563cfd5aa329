import { byteString, type ByteString } from '../../model/byte-string.ts';
import { signed64, unsigned64, type Integer } from '../../model/integer.ts';

/**
 * Reads the body of one block from front to back. Reading past its end, or a length that no writer gives, sets
 * `problem` and answers zeros from then on, so a caller checks once per entry instead of at every field.
 */
export class Cursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  /** The end of the body, exclusive. */
  readonly end: number;
  /** The next byte. */
  at: number;
  /** What was wrong first; undefined while all is well. */
  problem: string | undefined;

  constructor(bytes: Uint8Array, view: DataView, at: number, end: number) {
    this.#bytes = bytes;
    this.#view = view;
    this.at = at;
    this.end = end;
    this.problem = undefined;
  }

  get left(): number {
    return this.end - this.at;
  }

  /** Notes what is wrong, unless something was before. */
  fail(problem: string): void {
    this.problem ??= problem;
  }

  uint8(): number {
    return this.#take(1) ? this.#view.getUint8(this.at - 1) : 0;
  }

  uint16(): number {
    return this.#take(2) ? this.#view.getUint16(this.at - 2, true) : 0;
  }

  uint32(): number {
    return this.#take(4) ? this.#view.getUint32(this.at - 4, true) : 0;
  }

  /** A signed 64-bit number that is small in practice, as a thread id; a wild one loses digits beyond 2^53. */
  small64(): number {
    if (!this.#take(8)) return 0;
    return small64(this.#view.getUint32(this.at - 8, true), this.#view.getInt32(this.at - 4, true));
  }

  signed64(): Integer {
    if (!this.#take(8)) return 0;
    return signed64(this.#view.getUint32(this.at - 8, true), this.#view.getUint32(this.at - 4, true));
  }

  unsigned64(): Integer {
    if (!this.#take(8)) return 0;
    return unsigned64(this.#view.getUint32(this.at - 8, true), this.#view.getUint32(this.at - 4, true));
  }

  /** A byte string of exactly `length` bytes. */
  raw(length: number): ByteString {
    return this.#take(length) ? byteString(this.#bytes, this.at - length, this.at) : '';
  }

  /** A text behind its 16-bit length. As in C, it ends at a NUL inside it. */
  text(limit: number, name: string): ByteString {
    return cutAtNul(this.#counted(limit, name));
  }

  /** Texts behind their common 16-bit length, each ended by a NUL, which the last may lack. */
  texts(limit: number, name: string): ByteString[] {
    const all = this.#counted(limit, name);
    const inner = all.endsWith('\0') ? all.slice(0, -1) : all;
    return inner === '' ? [] : inner.split('\0');
  }

  /** Moves on to `to`, which must not lie behind. */
  skipTo(to: number): void {
    if (to < this.at) this.fail(`an entry is ${this.at - to} bytes longer than it says`);
    else if (to > this.end) this.fail(`an entry reaches ${to - this.end} bytes past the end of its block`);
    else this.at = to;
  }

  #counted(limit: number, name: string): ByteString {
    const length = this.uint16();
    if (length > limit) this.fail(`${name} is ${length} bytes long; ${limit} is the most there can be`);
    return this.raw(length);
  }

  #take(length: number): boolean {
    if (this.problem !== undefined) return false;
    if (this.at + length > this.end) {
      this.problem = 'its last entry is incomplete';
      return false;
    }
    this.at += length;
    return true;
  }
}

function cutAtNul(text: ByteString): ByteString {
  const nul = text.indexOf('\0');
  return nul === -1 ? text : text.slice(0, nul);
}

/** The largest number below 2^63 that a double holds. Written in decimal, -2^63 is rounded to one that is too small. */
const MAX_SMALL64 = 2 ** 63 - 1024;

/**
 * A signed 64-bit number that is small in practice, as a thread id, from its halves. A wild one loses digits beyond
 * 2^53, but never so that it would not fit into 64 bits again.
 */
export function small64(low: number, high: number): number {
  if (high === 0) return low;
  return Math.max(-MAX_SMALL64, Math.min(high * 0x100000000 + low, MAX_SMALL64));
}
