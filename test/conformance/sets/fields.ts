import { findField } from '../../../engine/fields/catalogue.ts';
import type { Field } from '../../../engine/fields/field.ts';
import { fieldJson } from '../../../engine/output/field-text.ts';
import { jsonText } from '../../../engine/output/json-text.ts';
import type { Moment } from '../../../engine/state/moment.ts';
import { capturePath, feed, visibleMoments } from '../captures.ts';
import { linesOf, textOf, type ConformanceData } from '../conformance-data.ts';
import type { ConformanceSet } from '../conformance-set.ts';
import { normalJson } from '../exact-json.ts';
import { eachMember } from '../flat-json.ts';
import type { Tally } from '../tally.ts';
import { reasonOfField, reasonOfValue } from './unusable-fields.ts';

/** Typed values of some hundred fields on every event that reaches the rules. */
export const FIELDS: ConformanceSet = {
  name: 'fields',
  cases: 'values of a field on an event, absent ones too, and the number of each event',
  units: async (data) => (await data.list('fields')).flatMap((file) => /^(.*)\.jsonl\.gz$/.exec(file)?.[1] ?? []),
  compare,
};

/** Bytes of a capture after which what was read is compared: all of it would not fit into memory. */
const PIECE_BYTES = 64 * 1024;
const NOTHING = '(no value)';

/** What was read on one event, by the place of a field in the list; undefined is no value. */
interface Observation {
  readonly event: number;
  readonly values: readonly (string | undefined)[];
  readonly reasons: readonly (string | undefined)[];
}

async function compare(data: ConformanceData, capture: string, tally: Tally): Promise<void> {
  const names = JSON.parse(await textOf(data, 'fields/fieldlist.json')) as string[];
  const fields = names.map(namedField);
  const standing = names.map((name, index) => reasonOfField(name, fields[index]));
  const answers = new Answers(linesOf(data, `fields/${capture}.jsonl.gz`), names);
  let observed: Observation[] = [];
  const sink = visibleMoments((moment) => observed.push(observe(moment, fields, standing)));
  const after = async (): Promise<void> => {
    for (const observation of observed) await compareEvent(observation, answers, names, tally);
    observed = [];
  };
  await feed(data, await capturePath(data, capture), sink, { pieces: { bytes: PIECE_BYTES, after } });
  await after();
  while (await answers.next()) tally.compare('evt.num', String(answers.event), '(no event)', { event: answers.event });
}

function observe(
  moment: Moment,
  fields: readonly (Field | undefined)[],
  standing: readonly (string | undefined)[],
): Observation {
  const values = fields.map((field) => {
    const value = field === undefined ? null : fieldJson(field, moment);
    return value === null ? undefined : jsonText(value);
  });
  const reasons = fields.map(
    (field, index) => standing[index] ?? (field === undefined ? undefined : reasonOfValue(field.name, moment.event)),
  );
  return { event: moment.event.num, values, reasons };
}

/** Compares one event; events that Falco alone has come before it. */
async function compareEvent(
  { event, values, reasons }: Observation,
  answers: Answers,
  names: readonly string[],
  tally: Tally,
): Promise<void> {
  while ((await answers.peek()) < event) {
    await answers.next();
    tally.compare('evt.num', String(answers.event), '(no event)', { event: answers.event });
  }
  if ((await answers.peek()) > event) return tally.compare('evt.num', '(no event)', String(event), { event });
  await answers.next();
  tally.equal(1);
  let equal = 0;
  for (let index = 0; index < names.length; index++) {
    const expected = answers.values[index];
    const found = values[index];
    const reason = reasons[index];
    if (expected === found && reason === undefined) equal++;
    else tally.compare(names[index] as string, shown(expected), shown(found), { event, reason });
  }
  tally.equal(equal);
}

/** Texts in which the same is escaped in two ways are equal. */
function shown(json: string | undefined): string {
  return json === undefined ? NOTHING : normalJson(json);
}

/** What Falco read, event by event. */
class Answers {
  event = 0;
  /** JSON by the place of a field in the list. */
  readonly values: (string | undefined)[];
  readonly #lines: AsyncIterator<string>;
  readonly #places: ReadonlyMap<string, number>;
  #waiting: string | undefined;

  constructor(lines: AsyncIterator<string>, names: readonly string[]) {
    this.values = names.map(() => undefined);
    this.#lines = lines;
    this.#places = new Map(names.map((name, index) => [name, index]));
  }

  /** The number of the next event; infinite behind the last. */
  async peek(): Promise<number> {
    this.#waiting ??= ((await this.#lines.next()) as IteratorResult<string, undefined>).value;
    const number = /^\{"evt\.num":(\d+)/.exec(this.#waiting ?? '')?.[1];
    return number === undefined ? Infinity : Number(number);
  }

  /** Goes to the next event; false behind the last. */
  async next(): Promise<boolean> {
    this.event = await this.peek();
    if (this.#waiting === undefined) return false;
    this.values.fill(undefined);
    eachMember(this.#waiting, (name, json) => {
      const place = this.#places.get(name);
      if (place === undefined) throw new Error(`${name} is not in the list of fields`);
      this.values[place] = json;
    });
    this.#waiting = undefined;
    return true;
  }
}

/** A field as it is named in the list: `proc.aname[2]`. */
function namedField(text: string): Field | undefined {
  const bracket = text.indexOf('[');
  const field =
    bracket === -1 ? findField(text, undefined) : findField(text.slice(0, bracket), text.slice(bracket + 1, -1));
  return 'problem' in field ? undefined : field;
}
