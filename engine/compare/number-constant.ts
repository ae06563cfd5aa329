import type { ByteString } from '../model/byte-string.ts';
import { toUnicode } from '../model/byte-string.ts';
import { integerOf, type Integer } from '../model/integer.ts';
import type { ParamType } from '../model/param-type.ts';
import { Refusal } from './refusal.ts';

/** Bits and sign of the number that Falco scans and of what it keeps of it. */
interface NumberForm {
  readonly scanned: 32 | 64;
  readonly kept: 8 | 16 | 32 | 64;
  readonly signed: boolean;
}

const FORMS: Readonly<Partial<Record<ParamType, NumberForm>>> = {
  ...forms(['INT8'], 32, 8, true),
  ...forms(['INT16'], 32, 16, true),
  ...forms(['INT32', 'DOUBLE'], 32, 32, true),
  ...forms(['INT64', 'FD', 'ERRNO', 'PID'], 64, 64, true),
  ...forms(['L4PROTO', 'FLAGS8', 'UINT8', 'ENUMFLAGS8'], 32, 8, false),
  ...forms(['FLAGS16', 'UINT16', 'ENUMFLAGS16'], 32, 16, false),
  ...forms(['FLAGS32', 'UINT32', 'MODE', 'ENUMFLAGS32', 'UID', 'GID'], 32, 32, false),
  ...forms(['UINT64', 'RELTIME', 'ABSTIME'], 64, 64, false),
};

const LONG_MIN = -(1n << 63n);
const LONG_MAX = (1n << 63n) - 1n;
const ULONG_MAX = (1n << 64n) - 1n;
/** Digits that surely exceed 64 bits; longer ones need not be read. */
const MAX_DIGITS = 21;

/** True for a type whose constants are numbers in digits. */
export function isNumberType(type: ParamType): boolean {
  return FORMS[type] !== undefined;
}

/**
 * A number as C's `scanf` reads it with nothing after it: blanks, a sign, decimal digits. What is too big for 64 bits
 * becomes the greatest value, what is too big for the type loses its high bits, and an unsigned type takes `-1`.
 */
export function parseNumber(text: ByteString, type: ParamType): Integer | Refusal {
  const form = FORMS[type] as NumberForm;
  const match = /^[ \t\n\v\f\r]*([+-]?)([0-9]+)$/.exec(text);
  if (match === null) {
    return new Refusal(
      `${toUnicode(text)} is not a valid number`,
      'numbers are whole and decimal: 16, not 0x10 or 1.5',
    );
  }
  const size = sizeOf(match[2] as string);
  const value = form.signed ? scanSigned(size, match[1] === '-') : scanUnsigned(size, match[1] === '-');
  const cut = form.signed ? BigInt.asIntN : BigInt.asUintN;
  return integerOf(cut(form.kept, cut(form.scanned, value)));
}

/** The number that digits write; of very many only so much as shows that it is too big. */
function sizeOf(digits: string): bigint {
  let first = 0;
  while (digits[first] === '0') first++;
  return BigInt(digits.slice(first, first + MAX_DIGITS) || 0);
}

function scanSigned(size: bigint, negative: boolean): bigint {
  const value = negative ? -size : size;
  return value > LONG_MAX ? LONG_MAX : value < LONG_MIN ? LONG_MIN : value;
}

function scanUnsigned(size: bigint, negative: boolean): bigint {
  if (size > ULONG_MAX) return ULONG_MAX;
  return negative ? BigInt.asUintN(64, -size) : size;
}

function forms(
  types: readonly ParamType[],
  scanned: 32 | 64,
  kept: 8 | 16 | 32 | 64,
  signed: boolean,
): Partial<Record<ParamType, NumberForm>> {
  return Object.fromEntries(types.map((type) => [type, { scanned, kept, signed }]));
}
