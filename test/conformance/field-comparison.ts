import { findField } from '../../engine/fields/catalogue.ts';
import type { Field } from '../../engine/fields/field.ts';
import type { Event } from '../../engine/model/event.ts';
import type { Moment } from '../../engine/state/moment.ts';
import { fieldJson } from '../../engine/output/field-text.ts';
import { jsonText } from '../../engine/output/json-text.ts';
import { goldenEvents, goldenFieldNames, type GoldenEvent } from './golden-fields.ts';
import { replay } from './replay.ts';

/** One value that isn't the real Falco's; undefined is no value. */
interface Difference {
  readonly event: number;
  readonly type: string;
  readonly expected: string | undefined;
  readonly found: string | undefined;
}

/** How often a field was equal, and where it was not. */
interface FieldComparison {
  readonly name: string;
  equal: number;
  different: number;
  /** The first few. */
  readonly first: Difference[];
}

/** A capture's fields, and the events that only one of both sides gave to the rules. */
export interface CaptureComparison {
  readonly fields: readonly FieldComparison[];
  readonly missing: readonly number[];
  readonly extra: readonly number[];
}

/** What the data can't tell, see its README: Falco left these uninitialised, or they depend on when it ran. */
const UNUSABLE = /^(evt\.deltatime|evt\.outputtime|evt\.hostname|proc\.exe_ino\.ctime_duration)/;
const KEPT = 20;

/** Compares every field of every event of a capture with what Falco read. */
export function compareFields(capture: string, names: readonly string[] = goldenFieldNames()): CaptureComparison {
  const golden = goldenEvents(capture);
  const fields = names.filter((name) => !UNUSABLE.test(name)).flatMap((name) => namedField(name) ?? []);
  const comparisons = fields.map(({ name }): FieldComparison => ({ name, equal: 0, different: 0, first: [] }));
  const extra: number[] = [];
  const seen = new Set<number>();
  replay(capture, (moment) => {
    const { event } = moment;
    const expected = golden.get(event.num);
    if (expected === undefined) {
      extra.push(event.num);
      return;
    }
    seen.add(event.num);
    fields.forEach((field, index) => compare(comparisons[index] as FieldComparison, field, moment, expected));
  });
  return { fields: comparisons, missing: [...golden.keys()].filter((number) => !seen.has(number)), extra };
}

/** A field as it is named in the data: `proc.aname[2]`. Falco doesn't know all that were asked for. */
function namedField(text: string): Field | undefined {
  const bracket = text.indexOf('[');
  const field =
    bracket === -1 ? findField(text, undefined) : findField(text.slice(0, bracket), text.slice(bracket + 1, -1));
  return 'problem' in field ? undefined : field;
}

function compare(comparison: FieldComparison, field: Field, moment: Moment, { values }: GoldenEvent): void {
  const expected = values[comparison.name];
  const value = fieldJson(field, moment);
  const found = value === null ? undefined : jsonText(value);
  if (expected === found || isGarbage(field, moment.event, expected, found)) {
    comparison.equal++;
    return;
  }
  comparison.different++;
  if (comparison.first.length < KEPT) {
    comparison.first.push({ event: moment.event.num, type: moment.event.info.name, expected, found });
  }
}

/** Of an empty buffer and of an inode that was not recorded Falco shows what lies in its memory. */
function isGarbage({ name }: Field, event: Event, expected = '', found = ''): boolean {
  if (name === 'evt.rawarg.ino') return !event.has(event.info.params.findIndex((param) => param.name === 'ino'));
  const [theirs, ours] = [expected.slice(1, -1), found.slice(1, -1)];
  return name === 'evt.buffer' && ours === 'NULL' && (theirs.startsWith(ours) || ours.startsWith(theirs));
}
