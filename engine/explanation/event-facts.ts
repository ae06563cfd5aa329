import { EVENT_TYPES } from '../model/event-types.ts';
import type { Field } from '../fields/field.ts';
import { findField } from '../fields/catalogue.ts';
import type { Moment } from '../state/moment.ts';
import { UTC, type Timezone } from '../output/timezone.ts';
import { fieldText, MISSING } from '../output/field-text.ts';
import { clipped, visible } from './visible-text.ts';

/** What an event is about, for people: texts are decoded and escaped, long ones cut. */
export interface EventFacts {
  /** `evt.num`. */
  readonly number: number;
  /** Nanoseconds since the epoch. */
  readonly time: bigint;
  /** `evt.type`. */
  readonly type: string;
  /** True for the entry of a syscall. */
  readonly entry: boolean;
  /** `evt.time`, `proc.name`, `proc.pid`, `proc.cmdline`, `user.name`, `container.id`, `fd.name`, `evt.res`: those that have a value. */
  readonly fields: Readonly<Record<string, string>>;
}

const SHOWN = [
  'evt.time',
  'proc.name',
  'proc.pid',
  'proc.cmdline',
  'user.name',
  'container.id',
  'fd.name',
  'evt.res',
].map((name) => findField(name, undefined) as Field);
const TYPE = findField('evt.type', undefined) as Field;
/** Bytes of a fact that are shown. */
const MOST_BYTES = 512;

/** The facts of the event of a moment. */
export function eventFacts(moment: Moment, timezone: Timezone = UTC): EventFacts {
  const { event } = moment;
  const fields: Record<string, string> = {};
  for (const field of SHOWN) {
    const text = fieldText(field, moment, timezone);
    if (text !== MISSING && text !== '') fields[field.name] = visible(clipped(text, MOST_BYTES));
  }
  return {
    number: event.num,
    time: event.time(),
    type: visible(fieldText(TYPE, moment, timezone)),
    entry: event.type % 2 === 0 && EVENT_TYPES[event.type + 1]?.name === event.info.name,
    fields,
  };
}
