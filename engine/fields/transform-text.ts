import { byteString, type ByteString } from '../model/byte-string.ts';
import type { Integer } from '../model/integer.ts';
import { PARAM_SIZES, type ParamType, type PrintFormat } from '../model/param-type.ts';
import type { Value } from '../model/value.ts';

/** A C text: what lies before the first NUL. */
export function cTextOf(text: ByteString): ByteString {
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
}

/** A value as it lies in memory: texts as they are, numbers in little-endian bytes. */
export function bytesOfValue(value: Value, type: ParamType): ByteString {
  if (typeof value === 'string') return value;
  if (typeof value === 'object') return '';
  if (type === 'DOUBLE') return byteString(new Uint8Array(Float64Array.of(Number(value)).buffer));
  let rest = BigInt.asUintN(64, BigInt(value));
  let bytes = '';
  for (let i = 0; i < (PARAM_SIZES[type] ?? 8); i++, rest >>= 8n) bytes += String.fromCharCode(Number(rest & 255n));
  return bytes;
}

/** A whole number in text, as a list of texts takes it. */
export function numberText(value: Integer, print: PrintFormat): ByteString {
  const bits = () => BigInt.asUintN(64, BigInt(value));
  if (print === 'HEX') return bits().toString(16).toUpperCase();
  if (print === 'OCT') return bits().toString(8);
  return print === '10_PADDED_DEC' ? value.toString().padStart(9, '0') : value.toString();
}
