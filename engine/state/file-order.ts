import { fitsAlone, growthsOf, HashLayout, isFull } from './hash-layout.ts';

/** A step that stands for a growth of the table; no other is as big. */
const GROWTH = Number.MAX_SAFE_INTEGER;
/** Steps and forks that are noted before they are worked out and forgotten. */
const MAX_STEPS = 128;
const STEPS_PER_FILE = 8;
const MAX_FORKS = 16;
/** How far back a file is looked for that came and goes. */
const MAX_LOOK_BACK = 16;

/** A state of a table: a layout that was worked out, or another table's at the time of a fork, and steps from there. */
interface Point {
  readonly from: HashLayout | Point | undefined;
  readonly steps: readonly number[];
  readonly length: number;
  /** Forks on the way back to a layout. */
  readonly forks: number;
}

/**
 * In which order Falco comes by the open files of a process; see `HashLayout`. Files come and go with every other event
 * and are hardly ever listed, so that changes are only noted here, and worked out when somebody asks. From then on the
 * layout is kept up to date, until a fork.
 */
export class FileOrder {
  #from: HashLayout | Point | undefined = undefined;
  #forks = 0;
  /** The layout as it is now, once somebody asked; steps are of no use then. */
  #live: HashLayout | undefined = undefined;
  /** Twice the number of a file that came, one more for a file that went. */
  #steps: number[] = [];
  /** Files before the steps. */
  #sizeBefore = 0;
  /** Steps that a fork counts on. */
  #kept = 0;
  #size = 0;
  #growths = 0;
  /** Some file had a number so high, or negative, that it may have shared a bucket. */
  #shares = false;

  /** Notes a file that was not there. */
  add(fd: number): void {
    if (isFull(this.#size, this.#growths)) {
      this.#growths++;
      if (this.#live === undefined) this.#steps.push(GROWTH);
      else this.#live.grow();
    }
    this.#size++;
    // Also of a live layout: a fork ends it, and its steps are noted again from there.
    if (!this.#shares) this.#shares = !fitsAlone(fd, this.#growths);
    if (this.#live !== undefined) {
      this.#live.add(fd);
      return;
    }
    this.#steps.push(fd * 2);
  }

  /** Notes that a file is gone. */
  remove(fd: number): void {
    this.#size--;
    if (this.#live !== undefined) {
      this.#live.remove(fd);
      return;
    }
    if (this.#takeBack(fd * 2)) return;
    this.#steps.push(fd * 2 + 1);
    if (this.#steps.length > MAX_STEPS + STEPS_PER_FILE * this.#sizeBefore) this.#settleOn(this.#layout());
  }

  /** The order in the table of a forked process. */
  fork(): FileOrder {
    if (this.#live !== undefined || this.#forks >= MAX_FORKS) this.#settleOn(this.#layout());
    const child = new FileOrder();
    child.#from = this.#point();
    child.#forks = this.#forks + 1;
    child.#size = child.#sizeBefore = this.#size;
    child.#growths = growthsOf(this.#size);
    child.#shares = this.#shares;
    this.#kept = this.#steps.length;
    return child;
  }

  /** All numbers, first to last. */
  numbers(): readonly number[] {
    this.#live ??= this.#layout();
    return this.#live.numbers();
  }

  /** A file that came not long ago leaves no trace when it goes, unless it may have shared a bucket. */
  #takeBack(step: number): boolean {
    if (this.#shares) return false;
    const steps = this.#steps;
    const oldest = Math.max(this.#kept, steps.length - MAX_LOOK_BACK);
    for (let i = steps.length - 1; i >= oldest; i--) {
      if (steps[i] !== step) continue;
      steps.copyWithin(i, i + 1);
      steps.pop();
      return true;
    }
    return false;
  }

  #point(): Point {
    return { from: this.#from, steps: this.#steps, length: this.#steps.length, forks: this.#forks };
  }

  #layout(): HashLayout {
    return this.#live ?? layoutAt(this.#point());
  }

  #settleOn(layout: HashLayout): void {
    this.#from = layout;
    this.#live = undefined;
    this.#forks = 0;
    this.#sizeBefore = this.#size;
    this.#steps = [];
    this.#kept = 0;
  }
}

function layoutAt({ from, steps, length }: Point): HashLayout {
  const layout =
    from === undefined ? new HashLayout() : from instanceof HashLayout ? from.copy() : layoutAt(from).fork();
  for (let i = 0; i < length; i++) {
    const step = steps[i] as number;
    if (step === GROWTH) layout.grow();
    else if (step % 2 === 0) layout.add(step / 2);
    else layout.remove((step - 1) / 2);
  }
  return layout;
}
