import { isOfPlugin } from '../fields/catalogue.ts';
import { shownBuffer } from '../fields/evt/param/bytes-text.ts';
import { dateAndTime, timeOfDay } from '../fields/evt/time-text.ts';
import type { Field } from '../fields/field.ts';
import type { JsonValue } from '../model/alert.ts';
import { bytesOf, toUnicode, type ByteString } from '../model/byte-string.ts';
import type { ParamType } from '../model/param-type.ts';
import type { Scalar, Value } from '../model/value.ts';
import type { Moment } from '../state/moment.ts';
import { printable } from '../state/printable.ts';
import type { Timezone } from './timezone.ts';
import { valueJson } from './value-json.ts';
import { valueText } from './value-text.ts';

/** What an output prints for a field without a value. */
export const MISSING = '<NA>';

/** Fields that show local time. */
const LOCAL_TIMES: Readonly<Record<string, (time: bigint, offset: number) => string>> = {
  'evt.time': (time, offset) => timeOfDay(time, offset, true),
  'evt.time.s': (time, offset) => timeOfDay(time, offset, false),
  'evt.datetime': (time, offset) => dateAndTime(time, offset, true),
  'evt.datetime.s': (time, offset) => dateAndTime(time, offset, false),
  'evt.outputtime': (time, offset) => timeOfDay(time, offset, true),
};

/** A field as an output prints it. */
export function fieldText(field: Field, moment: Moment, timezone: Timezone): ByteString {
  const local = LOCAL_TIMES[field.name];
  if (local !== undefined) return local(moment.event.time(), timezone(moment.event.time()));
  const text = field.printed === undefined ? printedValue(field, moment) : field.printed(moment);
  return text === undefined ? MISSING : shown(field, text);
}

/** A field as JSON shows it. */
export function fieldJson(field: Field, moment: Moment): JsonValue {
  if (field.json !== undefined) return asItIs(field, field.json(moment));
  const value = field.read(moment);
  if (value === undefined) return null;
  if (isBuffer(field, value)) return bufferText(value, moment);
  if (typeof value === 'object')
    return valueJson(
      field.type,
      field.print,
      value.map((item) => shownScalar(field, item)),
    );
  return valueJson(field.type, field.print, shownScalar(field, value));
}

function asItIs(field: Field, value: Value | undefined): JsonValue {
  if (value === undefined) return null;
  if (typeof value === 'string') return toUnicode(shown(field, value));
  const isWhole = typeof value !== 'object' && field.type !== 'DOUBLE';
  return isWhole ? value : valueJson(field.type, field.print, value);
}

function printedValue(field: Field, moment: Moment): ByteString | undefined {
  const value = field.read(moment);
  if (value === undefined) return undefined;
  return isBuffer(field, value) ? bufferText(value, moment) : valueText(field.type, field.print, value);
}

function isBuffer(field: Field, value: Value): value is ByteString {
  return field.type === 'BYTEBUF' && typeof value === 'string';
}

function bufferText(value: ByteString, moment: Moment): ByteString {
  return shownBuffer(bytesOf(value), moment.system.base64Buffers);
}

function shownScalar(field: Field, value: Scalar): Scalar {
  return typeof value === 'string' && !RAW_TYPES.has(field.type) ? shown(field, value) : value;
}

/** Falco makes the texts of its own fields printable; those of plugins, and decoded ones, it takes up to a zero byte. */
function shown(field: Field, text: ByteString): ByteString {
  if (!isOfPlugin(field.row) && !field.name.startsWith('b64(')) return printable(text);
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
}

/** Types whose values are bytes and no text. */
const RAW_TYPES: ReadonlySet<ParamType> = new Set([
  'BYTEBUF',
  'IPADDR',
  'IPV4ADDR',
  'IPV6ADDR',
  'IPNET',
  'SOCKADDR',
  'SOCKTUPLE',
]);
