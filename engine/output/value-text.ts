import { bytesOf, type ByteString } from '../model/byte-string.ts';
import type { Integer } from '../model/integer.ts';
import type { ParamType, PrintFormat } from '../model/param-type.ts';
import type { Scalar, Value } from '../model/value.ts';
import { shownBuffer } from '../fields/evt/param/bytes-text.ts';
import { integerText } from '../fields/evt/param/number-text.ts';
import { ipv4Text, ipv6Text } from '../state/address-text.ts';

const LIST_CHARS = 1_023;

/** How Falco prints numbers of a type: its width as an argument of `printf`, and the formats it can print them in. */
interface NumberFormat {
  readonly bits: 32 | 64;
  readonly prints: ReadonlySet<PrintFormat> | 'any';
}

const SMALL: NumberFormat = { bits: 32, prints: new Set(['DEC', 'ID', 'HEX', 'OCT']) };
const SIGNED_LONG: NumberFormat = { bits: 64, prints: 'any' };
const UNSIGNED_LONG: NumberFormat = { bits: 64, prints: new Set(['DEC', 'ID', 'HEX', 'OCT', '10_PADDED_DEC']) };

const NUMBERS: Readonly<Partial<Record<ParamType, NumberFormat>>> = {
  INT64: SIGNED_LONG,
  PID: SIGNED_LONG,
  ERRNO: SIGNED_LONG,
  FD: SIGNED_LONG,
  UINT64: UNSIGNED_LONG,
  RELTIME: UNSIGNED_LONG,
  ABSTIME: UNSIGNED_LONG,
};

/** A value as Falco prints it in a line; undefined is `<NA>`. A number whose format is not for its type prints as that. */
export function valueText(type: ParamType, print: PrintFormat, value: Value): ByteString | undefined {
  if (typeof value !== 'object') return scalarText(type, print, value);
  const items = value.map((item) => scalarText(type, print, item) ?? '');
  return `(${items.join(',')})`.slice(0, LIST_CHARS);
}

/** One value, likewise. */
export function scalarText(type: ParamType, print: PrintFormat, value: Scalar): ByteString | undefined {
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return textValue(type, value);
  if (type === 'DOUBLE') return oneDecimal(Number(value));
  return numberValue(type, print, value);
}

function textValue(type: ParamType, value: ByteString): ByteString | undefined {
  switch (type) {
    case 'BYTEBUF':
      return shownBuffer(bytesOf(value), false);
    case 'IPV4ADDR':
    case 'IPV6ADDR':
    case 'IPADDR':
      return value.length === 4 ? ipv4Text(bytesOf(value), 0) : ipv6Text(bytesOf(value), 0);
    case 'IPNET':
      return '<IPNET>';
    default:
      return value;
  }
}

function numberValue(type: ParamType, print: PrintFormat, value: Integer): string | undefined {
  const { bits, prints } = NUMBERS[type] ?? SMALL;
  return prints === 'any' || prints.has(print) ? integerText(value, bits, print) : undefined;
}

/** As C's `%.1f`, which rounds a half to the even digit. */
function oneDecimal(value: number): string {
  const quarters = value * 4;
  if (Math.abs(quarters % 2) !== 1) return value.toFixed(1);
  const below = Math.floor(value * 10);
  return ((below % 2 === 0 ? below : below + 1) / 10).toFixed(1);
}
