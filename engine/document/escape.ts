import { byteString, type ByteString } from '../model/byte-string.ts';
import { isHexDigit } from './characters.ts';
import { DocumentError, type Cursor } from './cursor.ts';

/** What follows a backslash in a double-quoted scalar, where it is one character. `\N` and `\_` are one byte each, as in yaml-cpp. */
const SIMPLE: Readonly<Record<string, ByteString>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
  N: '\x85',
  _: '\xa0',
  L: '\xe2\x80\xa8',
  P: '\xe2\x80\xa9',
};

const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads an escape of a double-quoted scalar; the cursor is at the backslash and ends after the escape. */
export function readEscape(cursor: Cursor): ByteString {
  cursor.step();
  const letter = String.fromCharCode(cursor.peek());
  cursor.step();
  const digits = HEX_DIGITS[letter];
  if (digits !== undefined) return readCodePoint(cursor, digits);
  return SIMPLE[letter] ?? cursor.fail(`unknown escape character: ${letter}`);
}

function readCodePoint(cursor: Cursor, digits: number): ByteString {
  let text = '';
  for (let i = 0; i < digits; i++) {
    text += isHexDigit(cursor.peek()) ? String.fromCharCode(cursor.peek()) : '?';
    cursor.step();
  }
  const mark = cursor.mark();
  if (text.includes('?')) throw new DocumentError('bad character found while scanning hex number', mark);
  const value = Number.parseInt(text, 16);
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
    throw new DocumentError(`invalid unicode: ${value}`, mark);
  }
  return byteString(new TextEncoder().encode(String.fromCodePoint(value)));
}
