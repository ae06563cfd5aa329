import { HEADER_BYTES, MAX_RECORD_BYTES } from './layout.ts';
import { Record } from './record.ts';

/** The stream is not what the loader writes: a defect, or another version of it. */
export class StreamError extends Error {}

/**
 * Cuts a stream of bytes into records. Chunks come as they come; a record that is cut by the end of a chunk waits for the
 * rest, so no more than one record is ever held.
 */
export class Splitter {
  readonly #take: (record: Record) => void;
  readonly #record = new Record();
  readonly #held = new Uint8Array(MAX_RECORD_BYTES);
  readonly #heldView = new DataView(this.#held.buffer);
  #heldBytes = 0;

  /** @param take gets each record; it is valid only during the call */
  constructor(take: (record: Record) => void) {
    this.#take = take;
  }

  /** True when nothing of a record is held: the stream may end here. */
  get isWhole(): boolean {
    return this.#heldBytes === 0;
  }

  /** Takes the next bytes. */
  push(chunk: Uint8Array): void {
    let at = this.#heldBytes > 0 ? this.#finishHeld(chunk) : 0;
    if (this.#heldBytes > 0) return;
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    while (at + 4 <= chunk.length) {
      const length = checked(view.getUint32(at, true));
      if (at + length > chunk.length) break;
      this.#record.at(chunk, view, at, length);
      this.#take(this.#record);
      at += length;
    }
    if (at < chunk.length) {
      this.#held.set(chunk.subarray(at), 0);
      this.#heldBytes = chunk.length - at;
    }
  }

  /** Adds to the record that is held; gives how many bytes of the chunk that took. */
  #finishHeld(chunk: Uint8Array): number {
    let used = this.#fill(chunk, 0, 4);
    if (this.#heldBytes < 4) return used;
    const length = checked(this.#heldView.getUint32(0, true));
    used = this.#fill(chunk, used, length);
    if (this.#heldBytes < length) return used;
    this.#record.at(this.#held, this.#heldView, 0, length);
    this.#heldBytes = 0;
    this.#take(this.#record);
    return used;
  }

  #fill(chunk: Uint8Array, from: number, upTo: number): number {
    const missing = Math.min(Math.max(0, upTo - this.#heldBytes), chunk.length - from);
    this.#held.set(chunk.subarray(from, from + missing), this.#heldBytes);
    this.#heldBytes += missing;
    return from + missing;
  }
}

function checked(length: number): number {
  if (length >= HEADER_BYTES && length <= MAX_RECORD_BYTES && length % 8 === 0) return length;
  throw new StreamError(`the loader's stream is broken: a record of ${length} bytes`);
}
