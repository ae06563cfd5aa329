import { toUnicode, type ByteString } from '../model/byte-string.ts';

/** Controls, and characters that change the direction or the look of what is around them. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text for people and terminals: decoded, with what can't be seen written as escapes. */
export function visible(text: ByteString): string {
  return visibleText(toUnicode(text));
}

/** The same of a text that is decoded already. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, escape);
}

/** A text cut to a length, with a mark where something is missing. Whole UTF-8 sequences are kept. */
export function clipped(text: ByteString, most: number): ByteString {
  if (text.length <= most) return text;
  let end = most;
  while (end > 0 && (text.charCodeAt(end) & 0xc0) === 0x80) end--;
  return `${text.slice(0, end)}${ELLIPSIS}`;
}

/** A decoded text cut to a number of characters, with a mark where something is missing. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = Array.from(text.slice(0, most * 2));
  return characters.length <= most && text.length <= most * 2 ? text : `${characters.slice(0, most).join('')}…`;
}

const ELLIPSIS = '\xe2\x80\xa6';
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' };

function escape(character: string): string {
  const code = character.codePointAt(0) as number;
  return SHORT[character] ?? (code < 0x100 ? `\\x${hex(code, 2)}` : `\\u{${hex(code, 4)}}`);
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
