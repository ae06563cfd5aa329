import { crc32, createInflateRaw } from 'node:zlib';
import type { ByteQueue } from './byte-queue.ts';

/** Compressed bytes given to zlib at a time. Fixed, so that damage is met in the same state however the input was cut. */
const PIECE_BYTES = 32 * 1024;
/** Decompressed bytes that zlib gives at a time; this much at most is lost before a broken place. */
const OUTPUT_BYTES = 64 * 1024;
const TRAILER_BYTES = 8;

/** How a member ended: as it should, too early, in bytes that are no deflate stream, or with a checksum that differs. */
export type MemberEnd = 'whole' | 'truncated' | 'corrupt' | 'checksum';

/** Inflates the deflated bytes at the front of the queue and takes the trailer behind them; answers how it ended. */
export async function* inflateMember(queue: ByteQueue): AsyncGenerator<Uint8Array, MemberEnd> {
  const inflater = new Inflater();
  let checksum = 0;
  let length = 0;
  try {
    while (!inflater.ended) {
      const more = await queue.has(PIECE_BYTES);
      const piece = queue.take(PIECE_BYTES);
      if (piece.length > 0) await inflater.write(piece);
      if (!more && !inflater.ended) await inflater.finish();
      for (const chunk of inflater.takeOutput()) {
        checksum = crc32(chunk, checksum);
        length += chunk.length;
        yield chunk;
      }
      if (inflater.ended) queue.unread(piece.subarray(piece.length - inflater.unused));
      if (inflater.failed !== undefined) return inflater.failed;
    }
    if (!(await queue.has(TRAILER_BYTES))) return 'truncated';
    const trailer = new DataView(queue.take(TRAILER_BYTES).slice().buffer);
    const right = trailer.getUint32(0, true) === checksum && trailer.getUint32(4, true) === length % 2 ** 32;
    return right ? 'whole' : 'checksum';
  } finally {
    inflater.close();
  }
}

/** zlib's raw inflater as calls that can be awaited. Raw, because zlib's own gzip reader drops output before an error. */
class Inflater {
  failed: 'truncated' | 'corrupt' | undefined;
  ended = false;
  readonly #stream = createInflateRaw({ chunkSize: OUTPUT_BYTES });
  #output: Uint8Array[] = [];
  #given = 0;
  #wake: () => void = () => {};

  constructor() {
    this.#stream.on('data', (chunk: Uint8Array) => this.#output.push(chunk));
    this.#stream.on('end', () => {
      this.ended = true;
      this.#wake();
    });
    this.#stream.on('error', (error: Error & { code?: string }) => {
      this.failed = error.code === 'Z_BUF_ERROR' ? 'truncated' : 'corrupt';
      this.ended = true;
      this.#wake();
    });
  }

  /** Resolves when the piece is used up, or the deflate stream ended within it. */
  async write(piece: Uint8Array): Promise<void> {
    this.#given += piece.length;
    await this.#settled((done) => this.#stream.write(piece, done));
    // zlib leaves bytes alone only when the deflate stream has ended; Node says so a moment later.
    if (!this.ended && this.unused > 0) await this.#settled(() => {});
  }

  /** Says that the input is at its end; resolves when zlib said whether the deflate stream is too. */
  finish(): Promise<void> {
    return this.#settled(() => this.#stream.end());
  }

  /** Bytes given that lie behind the end of the deflate stream. */
  get unused(): number {
    return this.failed === undefined ? this.#given - this.#stream.bytesWritten : 0;
  }

  takeOutput(): Uint8Array[] {
    const output = this.#output;
    this.#output = [];
    return output;
  }

  close(): void {
    this.#stream.destroy();
  }

  #settled(start: (done: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      start(resolve);
    });
  }
}
