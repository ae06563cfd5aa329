import type { ByteString } from '../model/byte-string.ts';
import { integerOf, type Integer } from '../model/integer.ts';

const TRUE: ReadonlySet<string> = new Set(['y', 'yes', 'true', 'on']);
const FALSE: ReadonlySet<string> = new Set(['n', 'no', 'false', 'off']);
const MAX_UINT32 = 0xffffffff;
/** Digits of a number; a longer text is no number anyone means. */
const LONGEST_INTEGER = 64;

/** A truth value in yaml-cpp's spellings: y, yes, true, on and their opposites, in lower case, upper case or capitalised. Quotes don't matter. */
export function decodeBoolean(text: ByteString): boolean | undefined {
  if (!/^([a-z]+|[A-Z][a-z]*|[A-Z]+)$/.test(text)) return undefined;
  const word = text.toLowerCase();
  if (TRUE.has(word)) return true;
  return FALSE.has(word) ? false : undefined;
}

/** A whole number of at most 32 bits without a minus: decimal, `0x` hexadecimal, or octal after a leading zero. */
export function decodeUnsigned(text: ByteString): number | undefined {
  const match = /^\+?(?:0[xX]([0-9a-fA-F]+)|(0[0-7]*)|([1-9][0-9]*))[ \t-\r]*$/.exec(text);
  if (match === null) return undefined;
  const [, hexadecimal, octal, decimal] = match;
  const value =
    hexadecimal !== undefined
      ? Number.parseInt(hexadecimal, 16)
      : octal !== undefined
        ? Number.parseInt(octal, 8)
        : Number(decimal);
  return value <= MAX_UINT32 ? value : undefined;
}

/** A whole number of any size, signed: decimal, `0x` hexadecimal, or octal after a leading zero. */
export function decodeInteger(text: ByteString): Integer | undefined {
  const match = /^([+-]?)(?:(0[xX][0-9a-fA-F]+)|0([0-7]+)|(0|[1-9][0-9]*))$/.exec(text);
  if (match === null || text.length > LONGEST_INTEGER) return undefined;
  const [, sign, hexadecimal, octal, decimal] = match;
  const value = BigInt(hexadecimal ?? (octal !== undefined ? `0o${octal}` : (decimal as string)));
  return integerOf(sign === '-' ? -value : value);
}
