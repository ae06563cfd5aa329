import { MAX_FILES_PER_PROCESS, MAX_OPEN_FILES } from '../model/limits.ts';
import { FileOrder } from './file-order.ts';
import type { File } from './file.ts';

export type { File } from './file.ts';

/** Files below this number lie in an array, others in a map. */
const DENSE = 1024;

/** What all tables of one system share: how many places they hold together, and who may change an entry in place. */
export class FileBudget {
  held = 0;
  #owners = 0;

  /** A number that no table had before. */
  nextOwner(): number {
    return ++this.#owners;
  }
}

/** Places that one or, after a fork, several tables read. */
class Places {
  dense: (File | undefined)[] = [];
  sparse: Map<number, File> | undefined = undefined;
  size = 0;
  /** Tables that read this. */
  holders = 1;
  /** Entries with this owner may be changed in place while there is one holder. */
  owner: number;

  constructor(owner: number) {
    this.owner = owner;
  }

  get cells(): number {
    return this.dense.length + (this.sparse === undefined ? 0 : this.sparse.size);
  }
}

/**
 * Open files of one process, by number. A fork copies nothing: both tables read the same places until one of them
 * changes, and then the same entries until one of them changes an entry.
 */
export class FileTable {
  readonly #budget: FileBudget;
  #places: Places;
  #order = new FileOrder();
  #foundFd: number | undefined = undefined;
  #found: File | undefined = undefined;

  constructor(budget: FileBudget = new FileBudget()) {
    this.#budget = budget;
    this.#places = new Places(budget.nextOwner());
  }

  get size(): number {
    return this.#places.size;
  }

  get(fd: number): File | undefined {
    const { dense, sparse } = this.#places;
    return fd >= 0 && fd < dense.length ? dense[fd] : sparse?.get(fd);
  }

  /**
   * The file that an event's fd means. Falco remembers the one it found last; what execve and close_range remove is
   * found in that memory until another file is found or opened.
   */
  find(fd: number): File | undefined {
    const file = this.peek(fd);
    if (file !== undefined) this.#remember(fd, file);
    return file;
  }

  /** The same, for who only looks. */
  peek(fd: number): File | undefined {
    return fd === this.#foundFd ? this.#found : this.get(fd);
  }

  /**
   * Puts a file under its number, in place of what is there.
   *
   * @returns false when the table is full
   */
  set(fd: number, file: File): boolean {
    const isNew = this.get(fd) === undefined;
    if (isNew && (this.size >= MAX_FILES_PER_PROCESS || this.#budget.held >= MAX_OPEN_FILES)) return false;
    if (!this.#separate()) return false;
    const places = this.#places;
    const before = places.cells;
    if (fd >= 0 && fd < DENSE) {
      while (places.dense.length < fd) places.dense.push(undefined);
      places.dense[fd] = file;
    } else (places.sparse ??= new Map()).set(fd, file);
    this.#budget.held += places.cells - before;
    if (isNew) {
      places.size++;
      this.#order.add(fd);
    }
    this.#remember(undefined, undefined);
    file.owner = places.owner;
    return true;
  }

  delete(fd: number): void {
    if (fd === this.#foundFd) this.#remember(undefined, undefined);
    if (this.get(fd) === undefined || !this.#separate()) return;
    const places = this.#places;
    if (fd >= 0 && fd < places.dense.length) places.dense[fd] = undefined;
    else if (places.sparse?.delete(fd) === true) this.#budget.held--;
    places.size--;
    this.#order.remove(fd);
  }

  /** The file under a number, safe to change: no other process sees the change. */
  own(fd: number): File | undefined {
    const { holders, owner } = this.#places;
    const file = this.peek(fd);
    if (file === undefined || (holders === 1 && file.owner === owner)) return file;
    const mine = file.copy(fd);
    const isFound = fd === this.#foundFd;
    if (this.get(fd) !== undefined) this.set(fd, mine);
    if (isFound) this.#remember(fd, mine);
    return mine;
  }

  /** Removes every file that `goes` holds true for. */
  removeIf(goes: (file: File) => boolean): void {
    const going: number[] = [];
    const note = (file: File | undefined): void => {
      if (file !== undefined && goes(file)) going.push(file.fd);
    };
    this.#places.dense.forEach(note);
    this.#places.sparse?.forEach(note);
    const [fd, found] = [this.#foundFd, this.#found];
    for (const each of going) this.delete(each);
    this.#remember(fd, found);
  }

  *values(): IterableIterator<File> {
    const { dense, sparse } = this.#places;
    for (const file of dense) if (file !== undefined) yield file;
    if (sparse !== undefined) yield* sparse.values();
  }

  /** Shows all files in the order in which Falco comes by them. */
  eachInOrder(visit: (file: File) => void): void {
    for (const fd of this.#order.numbers()) {
      const file = this.get(fd);
      if (file !== undefined) visit(file);
    }
  }

  /** The table of a forked process. */
  fork(): FileTable {
    const child = new FileTable(this.#budget);
    child.#places = this.#places;
    child.#order = this.#order.fork();
    this.#places.holders++;
    return child;
  }

  /** Says that the process is gone. */
  release(): void {
    if (--this.#places.holders === 0) this.#budget.held -= this.#places.cells;
    this.#places = new Places(this.#budget.nextOwner());
    this.#order = new FileOrder();
  }

  #remember(fd: number | undefined, file: File | undefined): void {
    this.#foundFd = fd;
    this.#found = file;
  }

  /** Makes the places this table's own before a change; false when there is no room for that. */
  #separate(): boolean {
    const shared = this.#places;
    if (shared.holders === 1) return true;
    if (this.#budget.held >= MAX_OPEN_FILES) return false;
    const own = new Places(this.#budget.nextOwner());
    own.dense = shared.dense.slice();
    own.sparse = shared.sparse === undefined ? undefined : new Map(shared.sparse);
    own.size = shared.size;
    this.#budget.held += own.cells;
    shared.holders--;
    // Entries are shared from now on, also with the one that keeps the old places.
    shared.owner = this.#budget.nextOwner();
    this.#places = own;
    return true;
  }
}
