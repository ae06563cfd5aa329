/** Sizes through which the hash table of Falco's C++ library grows; it never shrinks. The last is beyond the limit of open files. */
const BUCKETS = [13, 29, 59, 127, 257, 541, 1109, 2357, 5087];

/** How often a table has grown that came to hold this many by putting in one after the other. */
export function growthsOf(size: number): number {
  return BUCKETS.findIndex((buckets) => buckets >= size);
}

/** True when no two numbers of this kind share a bucket in a table that has grown so often. */
export function fitsAlone(fd: number, growths: number): boolean {
  return fd >= 0 && fd < (BUCKETS[growths] as number);
}

/** True when a table that has grown so often must grow again before it takes one more. */
export function isFull(size: number, growths: number): boolean {
  return size === BUCKETS[growths];
}

/**
 * The order in which Falco comes by the open files of a process: that of a hash table (`std::unordered_map` of GNU's
 * library, keyed by fd). A new file goes to the front or, where files share its bucket, before them. Each growth puts
 * the files anew in the order in which they lie, which turns them round, and so does a fork.
 */
export class HashLayout {
  /** The last comes first, since most changes are at the front. */
  #fds: number[] = [];
  #growths = 0;
  #listed: readonly number[] | undefined = undefined;
  /** Some fd is no less than the number of buckets, so that two may share one. */
  #shares = false;

  /** Adds a file that is not there yet; the table has grown before if it had to. */
  add(fd: number): void {
    const buckets = BUCKETS[this.#growths] as number;
    this.#listed = undefined;
    if (!this.#shares) this.#shares = fd < 0 || fd >= buckets;
    const bucket = bucketOf(fd, buckets);
    for (let i = this.#shares ? this.#fds.length - 1 : -1; i >= 0; i--) {
      if (bucketOf(this.#fds[i] as number, buckets) !== bucket) continue;
      this.#fds.splice(i + 1, 0, fd);
      return;
    }
    this.#fds.push(fd);
  }

  remove(fd: number): void {
    const at = this.#fds.lastIndexOf(fd);
    this.#listed = undefined;
    if (at !== -1) this.#fds.splice(at, 1);
  }

  grow(): void {
    const fds = this.numbers();
    this.#fds = [];
    this.#growths++;
    this.#shares = false;
    for (const fd of fds) this.add(fd);
  }

  /** The layout of a new table into which these files are put one after the other. */
  fork(): HashLayout {
    const child = new HashLayout();
    this.numbers().forEach((fd, size) => {
      if (isFull(size, child.#growths)) child.grow();
      child.add(fd);
    });
    return child;
  }

  copy(): HashLayout {
    const copy = new HashLayout();
    copy.#fds = this.#fds.slice();
    copy.#growths = this.#growths;
    copy.#shares = this.#shares;
    return copy;
  }

  /** All numbers, first to last. Made once for as long as nothing changes. */
  numbers(): readonly number[] {
    return (this.#listed ??= this.#fds.toReversed());
  }
}

/** A negative fd, which a failed call can leave behind, counts as an unsigned number of 64 bits. */
function bucketOf(fd: number, buckets: number): number {
  return fd >= 0 ? fd % buckets : Number(BigInt.asUintN(64, BigInt(fd)) % BigInt(buckets));
}
