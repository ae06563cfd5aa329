/**
 * Bytes that come in chunks of any size, taken in the sizes that their reader wants. A chunk need only stay as it is
 * until the next one is asked for, so that its producer may read a whole file into one place.
 */
export class ByteQueue {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #waiting: Uint8Array = new Uint8Array(0);
  #ended = false;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Waits until `count` bytes are there; false when the input ends before. */
  async has(count: number): Promise<boolean> {
    if (this.#waiting.length >= count) return true;
    const parts = this.#waiting.length === 0 ? [] : [this.#waiting];
    let length = this.#waiting.length;
    while (length < count && !this.#ended) {
      const last = parts.pop();
      if (last !== undefined) parts.push(last.slice());
      const { value, done } = await this.#chunks.next();
      if (done === true) this.#ended = true;
      else {
        parts.push(value);
        length += value.length;
      }
    }
    // A chunk that comes alone is taken as it is: a capture that isn't compressed is never copied.
    this.#waiting = parts.length > 1 ? join(parts, length) : (parts[0] ?? this.#waiting);
    return length >= count;
  }

  /** The byte at a place behind the front, of those that `has` waited for. */
  at(index: number): number {
    return this.#waiting[index] as number;
  }

  /** Takes up to `most` bytes off the front without waiting for more; they may be empty. */
  take(most: number): Uint8Array {
    const taken = this.#waiting.subarray(0, most);
    this.#waiting = this.#waiting.subarray(taken.length);
    return taken;
  }

  /** Puts bytes back to the front. */
  unread(bytes: Uint8Array): void {
    const { buffer, byteOffset, length } = bytes;
    const waiting = this.#waiting;
    if (length === 0) return;
    if (buffer === waiting.buffer && byteOffset + length === waiting.byteOffset) {
      // They were taken from there, so there is nothing to copy.
      this.#waiting = new Uint8Array(buffer, byteOffset, length + waiting.length);
    } else this.#waiting = join([bytes, waiting], length + waiting.length);
  }

  /** Tells the producer that nothing more is wanted. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
