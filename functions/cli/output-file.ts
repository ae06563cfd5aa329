import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { gzipSync, constants } from 'node:zlib';
import type { Terminal } from './command.ts';
import { attempt } from './file-error.ts';

/** Bytes gathered before one gzip member or one write. */
const BATCH_BYTES = 1024 * 1024;

/**
 * Where a command writes bytes: a file, or standard output for `-`. A name that ends in `.gz` is gzipped (members back to
 * back, which every reader takes as one file). A file appears under its name only when it is whole.
 */
export class OutputFile {
  readonly #path: string;
  readonly #gzips: boolean;
  readonly #terminal: Terminal;
  readonly #file: number | undefined;
  #batch: Uint8Array[] = [];
  #batched = 0;

  /** @param options `gzip: false` for bytes that are what they are, whatever the name ends in */
  constructor(path: string, terminal: Terminal, options: { readonly gzip?: boolean } = {}) {
    this.#path = path;
    this.#gzips = options.gzip ?? path.endsWith('.gz');
    this.#terminal = terminal;
    this.#file = path === '-' ? undefined : attempt(path, () => openSync(this.#partial, 'w'));
  }

  get #partial(): string {
    return `${this.#path}.partial`;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#batch.push(bytes);
    this.#batched += bytes.length;
    if (this.#batched >= BATCH_BYTES) await this.#flush();
  }

  /** Writes what is left; the file is whole. */
  async end(): Promise<void> {
    await this.#flush();
    if (this.#file === undefined) return;
    closeSync(this.#file);
    attempt(this.#path, () => renameSync(this.#partial, this.#path));
  }

  /** Gives up: no file is left behind. */
  abandon(): void {
    if (this.#file === undefined) return;
    closeSync(this.#file);
    rmSync(this.#partial, { force: true });
  }

  async #flush(): Promise<void> {
    const plain = Buffer.concat(this.#batch);
    this.#batch = [];
    this.#batched = 0;
    if (plain.length === 0) return;
    const bytes = this.#gzips ? gzipSync(plain, { level: constants.Z_DEFAULT_COMPRESSION }) : plain;
    if (this.#file === undefined) return this.#terminal.write(bytes);
    const file = this.#file;
    attempt(this.#path, () => {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    });
  }
}
