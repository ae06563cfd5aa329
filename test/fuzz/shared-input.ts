import { MAX_INPUT, type Input } from './target.ts';

/** Numbers in front of the input, by their place. */
const FIELD = { TRIED: 0, BYTES: 1, IS_TEXT: 2, ALLOWED: 3, BUSY: 4 } as const;
const HEAD_BYTES = 32;

/**
 * What a worker is doing, in memory that its watcher sees too: a worker that hangs or runs out of memory can't be asked
 * any more.
 */
export class SharedInput {
  readonly buffer: SharedArrayBuffer;
  readonly #numbers: Int32Array;
  readonly #bytes: Buffer;

  /** @param buffer of another `SharedInput`, or nothing for a new one */
  constructor(buffer = new SharedArrayBuffer(HEAD_BYTES + 2 * MAX_INPUT)) {
    this.buffer = buffer;
    this.#numbers = new Int32Array(buffer, 0, HEAD_BYTES / 4);
    this.#bytes = Buffer.from(buffer, HEAD_BYTES);
  }

  /** Inputs that were begun. */
  get tried(): number {
    return this.#at(FIELD.TRIED);
  }

  /** True while an input is being tried. */
  get busy(): boolean {
    return this.#at(FIELD.BUSY) === 1;
  }

  /** Milliseconds that the present input may take beyond those of every input. */
  get allowed(): number {
    return this.#at(FIELD.ALLOWED);
  }

  /** Letters or bytes of the present input. */
  get length(): number {
    return this.#at(FIELD.BYTES) / (this.#at(FIELD.IS_TEXT) + 1);
  }

  /** The present input. */
  get input(): Input {
    const bytes = this.#bytes.subarray(0, this.#at(FIELD.BYTES));
    return this.#at(FIELD.IS_TEXT) === 1 ? bytes.toString('utf16le') : Uint8Array.from(bytes);
  }

  /** Notes that an input begins. */
  begin(input: Input): void {
    const isText = typeof input === 'string';
    if (isText) this.#bytes.write(input, 'utf16le');
    else this.#bytes.set(input);
    this.#set(FIELD.BYTES, isText ? input.length * 2 : input.length);
    this.#set(FIELD.IS_TEXT, isText ? 1 : 0);
    this.#set(FIELD.ALLOWED, 0);
    this.#set(FIELD.TRIED, this.tried + 1);
    this.#set(FIELD.BUSY, 1);
  }

  /** Lets the present input take longer. */
  allow(milliseconds: number): void {
    this.#set(FIELD.ALLOWED, this.allowed + Math.ceil(milliseconds));
  }

  /** Notes that the input is done. */
  end(): void {
    this.#set(FIELD.BUSY, 0);
  }

  #at(field: number): number {
    return Atomics.load(this.#numbers, field);
  }

  #set(field: number, value: number): void {
    Atomics.store(this.#numbers, field, value);
  }
}
