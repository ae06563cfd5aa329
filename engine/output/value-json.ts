import { toUnicode } from '../model/byte-string.ts';
import { Double, type JsonValue } from '../model/alert.ts';
import type { ParamType, PrintFormat } from '../model/param-type.ts';
import type { Scalar, Value } from '../model/value.ts';
import { scalarText } from './value-text.ts';

/** Formats that JSON shows as the text they print. */
const TEXTUAL: ReadonlySet<PrintFormat> = new Set(['HEX', 'OCT', '10_PADDED_DEC']);
/** Types that JSON shows as text in every format but the two decimal ones. */
const SIGNED_LONG: ReadonlySet<ParamType> = new Set(['INT64', 'PID', 'FD', 'ERRNO']);

/** A value as Falco's JSON shows it. A number whose format is not for its type is null. */
export function valueJson(type: ParamType, print: PrintFormat, value: Value): JsonValue {
  if (typeof value !== 'object') return scalarJson(type, print, value);
  return value.length === 0 ? null : value.map((item) => scalarJson(type, print, item));
}

function scalarJson(type: ParamType, print: PrintFormat, value: Scalar): JsonValue {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return jsonText(scalarText(type, print, value));
  if (type === 'DOUBLE') return print === 'DEC' ? Math.trunc(Number(value)) : new Double(Number(value));
  if (print === 'DEC' || print === 'ID') return value;
  return TEXTUAL.has(print) || SIGNED_LONG.has(type) ? jsonText(scalarText(type, print, value)) : null;
}

function jsonText(text: string | undefined): JsonValue {
  return text === undefined ? null : toUnicode(text);
}
