import type { Field } from '../fields/field.ts';
import type { Value } from '../model/value.ts';
import type { Moment } from '../state/moment.ts';
import type { Test } from './branches.ts';

/** What was decided and read about the present event, for tests and fields that several conditions share. */
export class EventVerdicts {
  /** Of the present event; marks carry it, with the verdict as their sign. */
  #serial = 0;
  #marks = new Float64Array(64);
  #columns = 0;

  /** Turns to the next event. */
  begin(): void {
    this.#serial++;
  }

  /** The value of a field, read at most once per event. */
  read(field: Field): (moment: Moment) => Value | undefined {
    let readAt = 0;
    let value: Value | undefined;
    return (moment) => {
      if (readAt === this.#serial) return value;
      readAt = this.#serial;
      return (value = field.read(moment));
    };
  }

  /** The same test, asked at most once per event. */
  remember(test: Test<Moment>): Test<Moment> {
    const column = this.#columns++;
    if (column === this.#marks.length) {
      const marks = new Float64Array(column * 2);
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
