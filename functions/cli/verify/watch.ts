import { watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';
import type { Verification } from '../../../engine/verify.ts';
import { kindOf } from './disk-files.ts';

/** So long nothing may change before the tests run again: an editor writes a file in several steps. */
const QUIET_MS = 150;

/** Watches folders, and what is below them, for the first change; several in a row are one. */
export class Watch {
  readonly #watchers = new Map<string, FSWatcher>();
  /** Resolves when something changed and is quiet again. */
  readonly changed: Promise<void>;
  #resolve: () => void = () => {};
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    this.changed = new Promise((resolve) => (this.#resolve = resolve));
  }

  /** Watches these folders too. */
  add(folders: Iterable<string>): void {
    for (const folder of folders) {
      if (this.#watchers.has(folder)) continue;
      const watcher = watch(folder, { recursive: true }, () => this.#wait());
      // A folder that goes away is a change, not the end.
      watcher.on('error', () => this.#wait());
      this.#watchers.set(folder, watcher);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#resolve, QUIET_MS);
  }
}

/** The folders of all files that tests are made of, without those that lie in another of them. */
export function foldersOf({ suites, tests }: Verification): string[] {
  const files = [
    ...suites.flatMap(({ source, ruleFiles }) => [source.name, ...ruleFiles]),
    ...tests.flatMap(({ test: { input } }) => (input.kind === 'inline' ? [] : [input.path])),
  ];
  const folders = [...new Set(files.map((file) => dirname(file)))].toSorted();
  return folders.filter((folder) => !folders.some((other) => other !== folder && isBelow(folder, other)));
}

/** A folder itself, or the folder of a file: editors put a new file in the place of the old one. */
export function folderOfPath(path: string): string {
  return kindOf(path) === 'folder' ? path : dirname(path);
}

function isBelow(folder: string, other: string): boolean {
  return folder.startsWith(`${other}/`) || (other === '.' && !folder.startsWith('/') && !folder.startsWith('..'));
}
