/**
 * The block that the last chunk broke off in. Each byte is copied once, however small the chunks are, and memory grows
 * with the bytes that have come, never with the length that the block claims.
 */
export class PartialBlock {
  bytes = new Uint8Array(4096);
  view = new DataView(this.bytes.buffer);
  /** Bytes held. */
  length = 0;

  /** Takes bytes from a chunk until `wanted` are held; answers how many it took. */
  take(chunk: Uint8Array, at: number, wanted: number): number {
    const count = Math.min(wanted - this.length, chunk.length - at);
    if (this.length + count > this.bytes.length) this.#grow(this.length + count);
    this.bytes.set(chunk.subarray(at, at + count), this.length);
    this.length += count;
    return count;
  }

  #grow(needed: number): void {
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }
}
