import type { ByteString } from '../model/byte-string.ts';

/** U+FFFD as bytes: what stands for whatever can't be printed. */
export const REPLACEMENT = '\xef\xbf\xbd';

/**
 * Looks at the UTF-8 sequence at a place of a byte string.
 *
 * @returns its length if it is well formed and can be printed; else minus the bytes that one replacement stands for:
 *   the longest start of a well-formed sequence (Unicode 3.9), or a control or non-character as a whole
 */
export function sequenceLength(text: ByteString, at: number): number {
  const first = text.charCodeAt(at);
  if (first < 0x80) return first >= 0x20 && first !== 0x7f ? 1 : -1;
  if (first < 0xc2 || first > 0xf4) return -1;
  if (first < 0xe0) return lengthOfTwo(text, at, first);
  const second = text.charCodeAt(at + 1);
  if (!(second >= lowestSecond(first) && second <= highestSecond(first))) return -1;
  if (!isContinuation(text, at + 2)) return -2;
  if (first >= 0xf0 && !isContinuation(text, at + 3)) return -3;
  return first < 0xf0 ? lengthOfThree(text, at) : lengthOfFour(text, at);
}

/** The text with everything that can't be printed replaced by U+FFFD, as Falco shows names. */
export function printable(text: ByteString): ByteString {
  let clean = 0;
  while (clean < text.length && isPlain(text.charCodeAt(clean))) clean++;
  if (clean === text.length) return text;
  let result = text.slice(0, clean);
  for (let at = clean; at < text.length;) {
    const length = sequenceLength(text, at);
    result += length > 0 ? text.slice(at, at + length) : REPLACEMENT;
    at += Math.abs(length);
  }
  return result;
}

/** True for a printable ASCII character. */
export function isPlain(code: number): boolean {
  return code >= 0x20 && code < 0x7f;
}

function isContinuation(text: ByteString, at: number): boolean {
  return (text.charCodeAt(at) & 0xc0) === 0x80;
}

/** Keeps out overlong forms and code points beyond U+10FFFF. */
function lowestSecond(first: number): number {
  return first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
}

/** Keeps out surrogates and code points beyond U+10FFFF. */
function highestSecond(first: number): number {
  return first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
}

/** U+0080 to U+009F are controls. */
function lengthOfTwo(text: ByteString, at: number, first: number): number {
  if (!isContinuation(text, at + 1)) return -1;
  const point = ((first & 0x1f) << 6) | (text.charCodeAt(at + 1) & 0x3f);
  return point > 0x9f ? 2 : -2;
}

function lengthOfThree(text: ByteString, at: number): number {
  const point =
    ((text.charCodeAt(at) & 0x0f) << 12) | ((text.charCodeAt(at + 1) & 0x3f) << 6) | (text.charCodeAt(at + 2) & 0x3f);
  return (point >= 0xfdd0 && point <= 0xfdef) || point >= 0xfffe ? -3 : 3;
}

/** The last two code points of every plane are no characters. */
function lengthOfFour(text: ByteString, at: number): number {
  const low = ((text.charCodeAt(at + 1) & 0x0f) << 12) | ((text.charCodeAt(at + 2) & 0x3f) << 6);
  return ((low | (text.charCodeAt(at + 3) & 0x3f)) & 0xffff) >= 0xfffe ? -4 : 4;
}
