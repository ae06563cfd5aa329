import type { Moment } from '../state/moment.ts';
import type { Test } from './branches.ts';

/** Serial numbers begin again here, well within 32 bits with a sign. */
const LAST_SERIAL = 2 ** 30;

/** What was decided about the present event, for tests that several conditions share. */
export class EventVerdicts {
  /** Of the present event; marks carry it with the verdict as their sign. */
  #serial = 1;
  #marks = new Int32Array(64);
  #columns = 0;

  /** Turns to the next event. */
  begin(): void {
    if (++this.#serial < LAST_SERIAL) return;
    this.#serial = 1;
    this.#marks.fill(0);
  }

  /** The same test, asked at most once per event. */
  remember(test: Test<Moment>): Test<Moment> {
    const column = this.#columns++;
    if (column === this.#marks.length) {
      const marks = new Int32Array(column * 2);
      marks.set(this.#marks);
      this.#marks = marks;
    }
    return (moment) => {
      const mark = this.#marks[column] as number;
      const serial = this.#serial;
      if (mark === serial) return true;
      if (mark === -serial) return false;
      const verdict = test(moment);
      this.#marks[column] = verdict ? serial : -serial;
      return verdict;
    };
  }
}
