import { integerOf } from '../../model/integer.ts';
import type { Value } from '../../model/value.ts';
import type { Moment } from '../../state/moment.ts';
import type { Family, Reading } from '../field.ts';
import { delta } from './delta.ts';
import { dateAndTime, isoTime, nineDigits, timeOfDay } from './time-text.ts';

const SECOND = 1_000_000_000n;

/** When the event was. Texts are in UTC here; outputs may print them in another zone. */
export const EVT_TIME: Family = {
  'evt.time': stamp((time) => timeOfDay(time, 0, true)),
  'evt.time.s': stamp((time) => timeOfDay(time, 0, false)),
  'evt.time.iso8601': stamp((time) => isoTime(time, '+0000')),
  'evt.datetime': stamp((time) => dateAndTime(time, 0, true)),
  'evt.datetime.s': stamp((time) => dateAndTime(time, 0, false)),
  'evt.outputtime': stamp((time) => timeOfDay(time, 0, true)),
  'evt.rawtime': nanoseconds((time) => time),
  'evt.rawtime.s': nanoseconds((time) => time / SECOND),
  'evt.rawtime.ns': nanoseconds((time) => time % SECOND),
  'evt.reltime': nanoseconds((time, start) => unsigned(time - start)),
  'evt.reltime.s': nanoseconds((time, start) => unsigned(time - start) / SECOND),
  'evt.reltime.ns': nanoseconds((time, start) => unsigned(time - start) % SECOND),
  'evt.deltatime': () => delta((time) => time),
  'evt.deltatime.s': () => delta((time) => time / SECOND),
  'evt.deltatime.ns': () => delta((time) => time % SECOND, nineDigits),
  'evt.latency': gone(0),
  'evt.latency.s': gone(0),
  'evt.latency.ns': { ...gone(0), json: () => 0 },
  'evt.latency.quantized': gone(0),
  'evt.latency.human': gone('0ns'),
  'evt.wait_latency': gone(0),
};

/** Falco's JSON shows every text of a time as the nanoseconds since the epoch. */
function stamp(text: (time: bigint) => string): Reading {
  return {
    subject: 'event',
    read: ({ event }) => text(event.time()),
    json: ({ event }) => integerOf(event.time()),
  };
}

/** JSON shows these as numbers, padded though they are as text. */
function nanoseconds(of: (time: bigint, start: bigint) => bigint): Reading {
  const read = ({ event, system }: Moment) => integerOf(of(event.time(), system.startTime));
  return { subject: 'event', read, json: read };
}

/** What Falco stopped measuring when it stopped recording entries of syscalls. */
function gone(value: Value): Reading {
  return { subject: 'type', read: () => value, fromType: () => value };
}

function unsigned(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}
