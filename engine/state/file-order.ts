/** Sizes through which the hash table of Falco's C++ library grows; it never shrinks. The last is beyond the limit of open files. */
const BUCKETS = [13, 29, 59, 127, 257, 541, 1109, 2357, 5087];

/**
 * The order in which Falco comes by the open files of a process: that of a hash table (`std::unordered_map` of GNU's
 * library, keyed by fd). A new file goes to the front or, where files share its bucket, before them. Each growth puts
 * the files anew in the order in which they lie, which turns them round, and so does a fork.
 */
export class FileOrder {
  /** The last comes first, since most changes are at the front. */
  #fds: number[];
  #growths: number;
  /** Some fd is no less than the number of buckets, so that two may share one. */
  #shares = false;

  constructor() {
    this.#fds = [];
    this.#growths = 0;
  }

  /** Adds a file that is not there yet. */
  add(fd: number): void {
    if (this.#fds.length === BUCKETS[this.#growths]) this.#grow();
    this.#place(fd);
  }

  /** Removes a file that is there. */
  remove(fd: number): void {
    const at = this.#fds.lastIndexOf(fd);
    if (at === this.#fds.length - 1) this.#fds.pop();
    else if (at !== -1) this.#fds.splice(at, 1);
  }

  /** The order in the table of a forked process. */
  fork(): FileOrder {
    const child = new FileOrder();
    for (let i = this.#fds.length - 1; i >= 0; i--) child.add(this.#fds[i] as number);
    return child;
  }

  /** All numbers, first to last. */
  numbers(): readonly number[] {
    return this.#fds.toReversed();
  }

  #grow(): void {
    const fds = this.#fds;
    this.#fds = [];
    this.#growths++;
    this.#shares = false;
    for (let i = fds.length - 1; i >= 0; i--) this.#place(fds[i] as number);
  }

  #place(fd: number): void {
    const buckets = BUCKETS[this.#growths] as number;
    if (!this.#shares) this.#shares = fd < 0 || fd >= buckets;
    if (this.#shares) {
      const bucket = bucketOf(fd, buckets);
      for (let i = this.#fds.length - 1; i >= 0; i--) {
        if (bucketOf(this.#fds[i] as number, buckets) !== bucket) continue;
        this.#fds.splice(i + 1, 0, fd);
        return;
      }
    }
    this.#fds.push(fd);
  }
}

/** A negative fd, which a failed call can leave behind, counts as an unsigned number of 64 bits. */
function bucketOf(fd: number, buckets: number): number {
  return fd >= 0 ? fd % buckets : Number(BigInt.asUintN(64, BigInt(fd)) % BigInt(buckets));
}
