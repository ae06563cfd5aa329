/** Where the ring must be for the recorder to give something up, and to take it back: parts of its size. */
const FULL = 0.5;
const EASY = 0.1;
/** Quiet seconds after which a step is taken back; doubled each time it was taken back too early, up to the most. */
const FEWEST_QUIET = 10;
const MOST_QUIET = 320;
/** A step that is needed again within so many seconds was taken back too early. */
const TOO_EARLY = 30;

/**
 * How much is given up under a load that can't be kept up with. It goes up a step for each second in which the ring is
 * half full or something was lost, and down a step after a while in which it is nearly empty: the two limits lie apart,
 * and the while grows, so that it does not go up and down forever.
 */
export class Ladder {
  readonly #steps: number;
  #quiet = 0;
  #needed = FEWEST_QUIET;
  #sinceDown = TOO_EARLY;
  step = 0;

  /** @param steps how many there are; step 0 gives nothing up */
  constructor(steps: number) {
    this.#steps = steps;
  }

  /** Called once a second with how full the ring is, and what was lost since. True when the step is another now. */
  tick(fill: number, lost: number): boolean {
    const before = this.step;
    this.#sinceDown++;
    if (fill >= FULL || lost > 0) this.#up();
    else if (fill > EASY) this.#quiet = 0;
    else if (++this.#quiet >= this.#needed) this.#down();
    return this.step !== before;
  }

  #up(): void {
    this.#quiet = 0;
    if (this.step === this.#steps) return;
    if (this.#sinceDown < TOO_EARLY) this.#needed = Math.min(MOST_QUIET, this.#needed * 2);
    this.#sinceDown = TOO_EARLY;
    this.step++;
  }

  #down(): void {
    this.#quiet = 0;
    if (this.step === 0) return;
    this.step--;
    this.#sinceDown = 0;
    if (this.step === 0) this.#needed = FEWEST_QUIET;
  }
}
