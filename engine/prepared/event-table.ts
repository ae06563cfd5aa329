import type { Field } from '../fields/field.ts';
import type { Moment } from '../state/moment.ts';
import type { DictionaryBuilder } from './dictionary-builder.ts';
import { entryAt, NO_ENTRY } from './entry.ts';
import { NumberColumn } from './number-column.ts';

/** What the events of one type are asked for, and what was found: an entry of the dictionary for each event. */
interface Column {
  readonly name: string;
  readonly numbers: NumberColumn;
  numberAt(moment: Moment): number;
}

/** The events of one type: a row each, in order. */
export class EventTable {
  readonly numbers = new NumberColumn();
  readonly timesLow = new NumberColumn();
  readonly timesHigh = new NumberColumn();
  /** One more than the id of the host's thread: an event about none has -1. */
  readonly tids = new NumberColumn();
  readonly threads = new NumberColumn();
  readonly columns: Column[] = [];

  /** What it takes in memory. */
  get heldBytes(): number {
    const always = [this.numbers, this.timesLow, this.timesHigh, this.tids, this.threads];
    const bytes = always.reduce((sum, column) => sum + column.heldBytes, 0);
    return this.columns.reduce((sum, { numbers }) => sum + numbers.heldBytes, bytes);
  }

  /** A column of a text. */
  addText(name: string, field: Field, dictionary: DictionaryBuilder): void {
    const numberAt = (moment: Moment): number => dictionary.ofValue(field.column?.(moment)?.value);
    this.columns.push({ name, numbers: new NumberColumn(), numberAt });
  }

  /** A column of all that a field gives, or only of what outputs show. */
  addField(name: string, field: Field, dictionary: DictionaryBuilder, onlyShown: boolean): void {
    const numberAt = onlyShown
      ? (moment: Moment) => {
          const { printed, json } = entryAt(field, moment);
          return dictionary.of({ ...NO_ENTRY, printed, json });
        }
      : (moment: Moment) => dictionary.of(entryAt(field, moment));
    this.columns.push({ name, numbers: new NumberColumn(), numberAt });
  }

  /** Adds the event of a moment, the upper half of its time less a base. */
  add(moment: Moment, thread: number, highBase: number): void {
    const { event } = moment;
    this.numbers.push(event.num);
    this.timesLow.push(event.timeLow);
    this.timesHigh.push((event.timeHigh - highBase) >>> 0);
    this.tids.push(event.tid + 1);
    this.threads.push(thread);
    for (const { numbers, numberAt } of this.columns) numbers.push(numberAt(moment));
  }
}
