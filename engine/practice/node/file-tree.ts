import { MAX_NODE_CHARS, MAX_NODE_FILE_CHARS, MAX_NODE_FILES } from '../../model/practice-limits.ts';
import { fitsPattern, folderOf } from '../../suite/file-path.ts';

/** Folders that are there though nothing lies in them. */
const FOLDERS = ['/etc/falco/rules.d', '/root', '/run', '/tmp', '/var/log/falco', '/var/log/pods'];

/** What stands in the way of writing, in the words of Linux. */
export type WriteProblem =
  | 'Is a directory'
  | 'Not a directory'
  | 'No such file or directory'
  | 'No space left on device';

/** Texts by absolute path, and the folders that they lie in. Paths are resolved: no `.`, no `..`, no `/` at the end. */
export class FileTree {
  readonly #files: Map<string, string>;
  readonly #folders: Set<string>;
  #chars = 0;
  /** How often anything but a log was changed: who watches files looks again when this differs. */
  changes = 0;

  constructor(files: ReadonlyMap<string, string>, folders: Iterable<string> = []) {
    this.#files = new Map(files);
    this.#folders = new Set([...FOLDERS, ...folders]);
    for (const text of files.values()) this.#chars += text.length;
  }

  read(path: string): string | undefined {
    return this.#files.get(path);
  }

  /** All files, a map of its own. */
  all(): Map<string, string> {
    return new Map(this.#files);
  }

  /** Folders that were made and may be empty. */
  made(): string[] {
    return [...this.#folders].filter((one) => !FOLDERS.includes(one)).toSorted();
  }

  isFolder(path: string): boolean {
    if (path === '/') return true;
    const inside = `${path}/`;
    const holds = (one: string): boolean => one === path || one.startsWith(inside);
    return [...this.#folders].some(holds) || [...this.#files.keys()].some((one) => one.startsWith(inside));
  }

  /** Names in a folder, sorted. */
  names(folder: string): string[] {
    const inside = folder === '/' ? '/' : `${folder}/`;
    const below = [...this.#files.keys(), ...this.#folders].filter((one) => one.startsWith(inside));
    return [...new Set(below.map((one) => one.slice(inside.length).split('/')[0] as string))].toSorted();
  }

  /** Paths that fit a pattern, sorted; hidden names only where the pattern says so. */
  fitting(pattern: string): string[] {
    const all = new Set<string>([...this.#files.keys(), ...this.#folders]);
    for (const path of all) {
      const up = folderOf(path);
      // What is added to a set while it is gone through is come to as well.
      if (up !== '/' && up !== '') all.add(up);
    }
    return [...all].filter((path) => fitsPattern(pattern, path) && !/\/\.[^/]*$/.test(path)).toSorted();
  }

  /** Writes a file whole; undefined when it worked. */
  write(path: string, text: string): WriteProblem | undefined {
    const problem = this.#problemAt(path, text.length);
    if (problem !== undefined) return problem;
    this.#chars += text.length - (this.#files.get(path)?.length ?? 0);
    this.#files.set(path, text);
    this.#changed(path);
    return undefined;
  }

  /** Adds to the end of a file, which need not be there. */
  append(path: string, text: string): WriteProblem | undefined {
    return this.write(path, `${this.#files.get(path) ?? ''}${text}`);
  }

  remove(path: string): boolean {
    this.#chars -= this.#files.get(path)?.length ?? 0;
    this.#changed(path);
    return this.#files.delete(path);
  }

  makeFolder(path: string): WriteProblem | undefined {
    if (this.#files.has(path)) return 'Not a directory';
    if (this.#folders.size >= MAX_NODE_FILES) return 'No space left on device';
    this.#folders.add(path);
    return undefined;
  }

  /** Removes a folder and all that is in it. */
  removeFolder(path: string): void {
    const isInside = (one: string): boolean => one === path || one.startsWith(`${path}/`);
    for (const one of this.#files.keys()) if (isInside(one)) this.remove(one);
    for (const one of this.#folders) if (isInside(one)) this.#folders.delete(one);
  }

  #changed(path: string): void {
    if (!path.startsWith('/var/log/')) this.changes++;
  }

  #problemAt(path: string, chars: number): WriteProblem | undefined {
    if (this.isFolder(path)) return 'Is a directory';
    const folder = folderOf(path);
    if (this.#files.has(folder)) return 'Not a directory';
    if (!this.isFolder(folder)) return 'No such file or directory';
    const isNew = !this.#files.has(path);
    const whole = this.#chars - (this.#files.get(path)?.length ?? 0) + chars;
    const isFull =
      chars > MAX_NODE_FILE_CHARS || whole > MAX_NODE_CHARS || (isNew && this.#files.size >= MAX_NODE_FILES);
    return isFull ? 'No space left on device' : undefined;
  }
}
