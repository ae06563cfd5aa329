import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../segments/manifest-file.ts';

/** What a spool writes down: one line of JSON each, in the order in which it happened. */
export type Entry =
  | { readonly did: 'begin'; readonly key: string; readonly name: string; readonly at: number }
  | { readonly did: 'grow'; readonly key: string; readonly sequence: number; readonly file: string }
  | { readonly did: 'keep'; readonly key: string; readonly kept: Kept }
  | { readonly did: 'send' | 'drop'; readonly key: string; readonly sequence: number }
  | { readonly did: 'end' | 'close'; readonly key: string };

/** A segment that is whole on disk. */
export interface Kept {
  readonly sequence: number;
  /** Its name in the folder. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly events: number;
  /** Nanoseconds since the epoch as decimal digits; undefined without an event. */
  readonly firstTime: string | undefined;
  readonly lastTime: string | undefined;
}

/**
 * A file of lines that only grows. Each line is on the disk before the call returns. A line that was cut off when its
 * writer was killed is as if it had never been written.
 */
export class Journal {
  readonly #path: string;
  #file: number;

  /** @param path the file, which is made where there is none */
  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, 'a', 0o600);
  }

  /** What a journal says; empty where there is none. */
  static read(path: string): readonly Entry[] {
    if (!existsSync(path)) return [];
    // What follows the last line break was cut off.
    const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
    return lines.flatMap((line) => {
      try {
        return [JSON.parse(line) as Entry];
      } catch {
        return [];
      }
    });
  }

  /** Writes an entry down. */
  append(entry: Entry): void {
    writeSync(this.#file, `${JSON.stringify(entry)}\n`);
    fsyncSync(this.#file);
  }

  /** Replaces all that is written by these entries, at once. */
  rewrite(entries: readonly Entry[]): void {
    const fresh = `${this.#path}.new`;
    const file = openSync(fresh, 'w', 0o600);
    writeSync(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    fsyncSync(file);
    renameSync(fresh, this.#path);
    syncFolder(dirname(this.#path));
    closeSync(this.#file);
    this.#file = file;
  }

  close(): void {
    closeSync(this.#file);
  }
}
