import { createHash } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { freed } from '../stream/freed.ts';
import { syncFolder } from './manifest-file.ts';

const compress = promisify(gzip);
/** Bytes gathered before they are compressed and written as one. */
const BATCH_BYTES = 512 * 1024;
/** Fast: a recording is compressed while it is made, beside the work of the node. */
const LEVEL = 1;

/** What became of a file. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  /** Of the file as it lies on disk. */
  readonly sha256: string;
}

/**
 * A file that grows while it is recorded. Under `NAME.partial` it is readable up to the last batch (gzip members back to
 * back); it gets its name when it is whole. Writing happens beside the caller, in order; `waiting` says how much is not
 * written yet, so that the caller can stop reading.
 */
export class SegmentFile {
  readonly path: string;
  readonly #isCompressed: boolean;
  readonly #hash = createHash('sha256');
  #file: Promise<FileHandle>;
  #batch: Uint8Array[] = [];
  #batched = 0;
  #written = 0;
  #queue: Promise<void> = Promise.resolve();
  #failure: unknown;
  /** Bytes handed over and not on their way to the disk yet. */
  waiting = 0;

  /** @param path where it will lie; gzipped if it ends in `.gz` */
  constructor(path: string) {
    this.path = path;
    this.#isCompressed = path.endsWith('.gz');
    this.#file = open(this.partial, 'w', 0o600);
    this.#file.catch((error: unknown) => (this.#failure ??= error));
  }

  /** Bytes on the disk by now. */
  get written(): number {
    return this.#written;
  }

  /** Its name while it grows. */
  get partial(): string {
    return `${this.path}.partial`;
  }

  /** The first error of the disk; the file is not whole then. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Takes bytes; they are the file's to keep. */
  write(bytes: Uint8Array): void {
    this.#batch.push(bytes);
    this.#batched += bytes.length;
    this.waiting += bytes.length;
    if (this.#batched >= BATCH_BYTES) this.flush();
  }

  /** Sends what is gathered to the disk. */
  flush(): void {
    if (this.#batched === 0) return;
    const batch = Buffer.concat(this.#batch);
    for (const bytes of this.#batch) freed(bytes);
    this.#batch = [];
    this.#batched = 0;
    this.#queue = this.#queue.then(() => this.#store(batch)).catch((error: unknown) => void (this.#failure ??= error));
  }

  /**
   * Writes what is left and gives the file its name. Throws when the disk refused something.
   *
   * @param beforeNamed is called with what there is just before the file has its name
   */
  async close(beforeNamed?: (written: WrittenFile) => void): Promise<WrittenFile> {
    this.flush();
    await this.#queue;
    if (this.#failure !== undefined) throw this.#failure;
    const file = await this.#file;
    await file.sync();
    await file.close();
    const written = { path: this.path, bytes: this.#written, sha256: this.#hash.digest('hex') };
    beforeNamed?.(written);
    await rename(this.partial, this.path);
    syncFolder(dirname(this.path));
    return written;
  }

  /** Gives it up. */
  async discard(): Promise<void> {
    await this.#queue;
    await (await this.#file).close();
    await rm(this.partial, { force: true });
  }

  async #store(batch: Buffer): Promise<void> {
    const bytes = this.#isCompressed ? await compress(batch, { level: LEVEL }) : batch;
    const file = await this.#file;
    for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at, bytes.length - at)).bytesWritten;
    this.#hash.update(bytes);
    this.#written += bytes.length;
    this.waiting -= batch.length;
    freed(batch);
    if (bytes !== batch) freed(bytes);
  }
}
