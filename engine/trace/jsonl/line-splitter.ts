import { MAX_JSONL_LINE_BYTES } from '../../model/limits.ts';

const NEWLINE = 0x0a;

/**
 * Cuts bytes that are pushed in chunks into lines. Each byte is copied at most once; a line that is longer than the
 * limit is passed over and told.
 */
export class LineSplitter {
  readonly #onLine: (line: Uint8Array, offset: number, isWhole: boolean) => void;
  readonly #onTooLong: (offset: number) => void;
  #held = new Uint8Array(4096);
  #length = 0;
  #skipping = false;
  /** Where the present line begins in the stream. */
  #lineStart = 0;
  #received = 0;

  /**
   * @param onLine receives each line without its newline, and where it begins; the bytes are valid during the call only
   * @param onTooLong receives where a line begins that is passed over
   */
  constructor(
    onLine: (line: Uint8Array, offset: number, isWhole: boolean) => void,
    onTooLong: (offset: number) => void,
  ) {
    this.#onLine = onLine;
    this.#onTooLong = onTooLong;
  }

  push(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      const newline = bytes.indexOf(NEWLINE, at);
      const end = newline === -1 ? bytes.length : newline;
      this.#take(bytes, at, end, newline !== -1);
      if (newline !== -1) this.#lineStart = this.#received + newline + 1;
      at = end + 1;
    }
    this.#received += bytes.length;
  }

  /** Gives the last line, if it had no newline. */
  end(): void {
    if (this.#length > 0) this.#onLine(this.#held.subarray(0, this.#length), this.#lineStart, false);
  }

  #take(bytes: Uint8Array, at: number, end: number, isWhole: boolean): void {
    const length = this.#length + end - at;
    if (!this.#skipping && length >= MAX_JSONL_LINE_BYTES) {
      this.#skipping = true;
      this.#length = 0;
      this.#onTooLong(this.#lineStart);
    }
    if (!this.#skipping) {
      if (isWhole && this.#length === 0) this.#onLine(bytes.subarray(at, end), this.#lineStart, true);
      else {
        this.#hold(bytes, at, end);
        if (isWhole) this.#onLine(this.#held.subarray(0, this.#length), this.#lineStart, true);
      }
    }
    if (!isWhole) return;
    this.#skipping = false;
    this.#length = 0;
  }

  #hold(bytes: Uint8Array, at: number, end: number): void {
    const length = this.#length + end - at;
    if (length > this.#held.length) {
      const grown = new Uint8Array(Math.max(length, this.#held.length * 2));
      grown.set(this.#held.subarray(0, this.#length));
      this.#held = grown;
    }
    this.#held.set(bytes.subarray(at, end), this.#length);
    this.#length = length;
  }
}
