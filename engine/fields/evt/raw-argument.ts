import { byteString } from '../../model/byte-string.ts';
import type { Event } from '../../model/event.ts';
import { EVENT_TYPES, type EventParam } from '../../model/event-types.ts';
import { PARAM_SIZES, type ParamType } from '../../model/param-type.ts';
import type { Value } from '../../model/value.ts';
import type { Moment } from '../../state/moment.ts';
import type { Reading } from '../field.ts';
import { positionsOf } from './arguments.ts';
import { codesWhere } from './event-codes.ts';
import { shownBuffer } from './param/bytes-text.ts';
import { integerText } from './param/number-text.ts';
import { recordedParam } from './param/recorded-text.ts';
import { signedAt, unsignedAt } from './param/wire.ts';

const TEXTS: ReadonlySet<ParamType> = new Set(['CHARBUF', 'FSPATH', 'FSRELPATH']);
const SIGNED: ReadonlySet<ParamType> = new Set(['INT8', 'INT16', 'INT32', 'INT64', 'ERRNO', 'FD', 'PID']);

/** Readings by parameter name, of which the event table has some hundreds. */
const named = new Map<string, Reading>();

/**
 * `evt.rawarg.NAME`: one parameter as number or text; the same reading for every use of the name. A constant is read as
 * the type that the first event with such a parameter gives it; the value has the type of its own event.
 */
export function rawArgument(name: string): Reading {
  let reading = named.get(name);
  if (reading === undefined) named.set(name, (reading = rawReading(name)));
  return reading;
}

function rawReading(name: string): Reading {
  const positions = positionsOf(name);
  const first = EVENT_TYPES.flatMap((type) => type.params).find((param) => param.name === name) as EventParam;
  const index = ({ event }: Moment) => presentIndex(event, positions);
  return {
    subject: 'event',
    ownComparison: 'rawarg',
    type: first.type,
    print: first.print,
    eventTypes: codesWhere((type) => (positions[type.code] as number) >= 0),
    read: (moment) => rawValue(moment.event, index(moment)),
    printed: (moment) => printedValue(moment, index(moment)),
    json: (moment) => jsonValue(moment, index(moment)),
  };
}

function presentIndex(event: Event, positions: readonly number[]): number {
  const index = positions[event.type] as number;
  return index < event.paramCount ? index : -1;
}

/** No comparison holds for an empty parameter, but one of text, which has the text <NA>. */
function rawValue(event: Event, index: number): Value | undefined {
  if (index < 0) return undefined;
  const { type } = event.info.params[index] as EventParam;
  if (TEXTS.has(type)) return recordedParam(event, index);
  if (!event.has(index)) return undefined;
  if (PARAM_SIZES[type] === undefined) return byteString(event.data(index));
  const start = event.starts[index] as number;
  const length = event.length(index);
  if (type === 'BOOL') return unsignedAt(event.view, start, length) !== 0;
  return SIGNED.has(type) ? signedAt(event.view, start, length) : unsignedAt(event.view, start, length);
}

/** Falco ends on types that it has no way to print; here they print as the bare number, or not at all. */
function printedValue({ event, system }: Moment, index: number): string | undefined {
  const value = rawValue(event, index);
  if (index < 0) return undefined;
  const { type, print } = event.info.params[index] as EventParam;
  if (type === 'BYTEBUF') return shownBuffer(event.data(index), system.base64Buffers);
  if (value === undefined) return PARAM_SIZES[type] === undefined ? undefined : '0';
  if (TEXTS.has(type) || typeof value === 'boolean') return String(value);
  return typeof value === 'string' || typeof value === 'object' ? undefined : integerText(value, bitsOf(type), print);
}

/** Of a number that was not recorded Falco's JSON shows what lies in its memory; here it shows 0, as the text does. */
function jsonValue(moment: Moment, index: number): Value | undefined {
  const { event } = moment;
  const value = rawValue(event, index);
  if (index < 0 || typeof value === 'string' || typeof value === 'boolean') return printedValue(moment, index);
  const { type, print } = event.info.params[index] as EventParam;
  if (print === 'HEX' || print === 'OCT' || print === '10_PADDED_DEC') return printedValue(moment, index);
  return value ?? (PARAM_SIZES[type] === undefined ? undefined : 0);
}

function bitsOf(type: ParamType): 32 | 64 {
  return PARAM_SIZES[type] === 8 ? 64 : 32;
}
