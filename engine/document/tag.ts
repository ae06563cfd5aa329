import type { ByteString } from '../model/byte-string.ts';
import { CODE, isHexDigit, isWord } from './characters.ts';
import { DocumentError, type Cursor } from './cursor.ts';
import type { Mark } from './mark.ts';

/** A tag as written: `!<verbatim>`, `!suffix`, `!!suffix`, `!handle!suffix` or `!` alone. */
export interface Tag {
  readonly kind: 'verbatim' | 'primary' | 'secondary' | 'named' | 'non-specific';
  readonly handle: ByteString;
  readonly suffix: ByteString;
}

const IN_SUFFIX = charactersOf("#;/?:@&=+$_.~*'()");
const IN_VERBATIM = charactersOf("#;/?:@&=+$,_.!~*'()[]");

/** Reads a tag; the cursor is at the `!`. */
export function readTag(cursor: Cursor): Tag {
  cursor.skip(1);
  if (cursor.peek() === CODE.less) return { kind: 'verbatim', handle: '', suffix: readVerbatim(cursor) };
  const { text, canBeHandle } = readHandle(cursor);
  if (canBeHandle && cursor.peek() === CODE.exclamation) {
    cursor.skip(1);
    return { kind: 'named', handle: text, suffix: readSuffix(cursor) };
  }
  if (!canBeHandle && text === '') return { kind: 'non-specific', handle: '', suffix: '' };
  return { kind: text === '' ? 'secondary' : 'primary', handle: '', suffix: text };
}

function readVerbatim(cursor: Cursor): ByteString {
  cursor.skip(1);
  const start = cursor.offset;
  for (;;) {
    if (!cursor.atEnd && cursor.peek() === CODE.greater) break;
    const length = matchUri(cursor, IN_VERBATIM);
    if (cursor.atEnd || length === 0) cursor.fail('end of verbatim tag not found');
    cursor.skip(length);
  }
  const text = cursor.text.slice(start, cursor.offset);
  cursor.skip(1);
  return text;
}

function readHandle(cursor: Cursor): { text: ByteString; canBeHandle: boolean } {
  const start = cursor.offset;
  let firstOther: Mark | undefined;
  while (!cursor.atEnd) {
    if (cursor.peek() === CODE.exclamation) {
      if (firstOther !== undefined)
        throw new DocumentError('illegal character found while scanning tag handle', firstOther);
      break;
    }
    if (firstOther === undefined && !isWord(cursor.peek())) firstOther = cursor.mark();
    const length = firstOther === undefined ? 1 : matchUri(cursor, IN_SUFFIX);
    if (length === 0) break;
    cursor.skip(length);
  }
  return { text: cursor.text.slice(start, cursor.offset), canBeHandle: firstOther === undefined };
}

function readSuffix(cursor: Cursor): ByteString {
  const start = cursor.offset;
  for (let length = 1; !cursor.atEnd && length > 0; cursor.skip(length)) length = matchUri(cursor, IN_SUFFIX);
  if (cursor.offset === start) cursor.fail('tag handle with no suffix');
  return cursor.text.slice(start, cursor.offset);
}

/** Length of one character of a URI at the cursor: 1, 3 for `%41`, 0 when there is none. */
function matchUri(cursor: Cursor, others: ReadonlySet<number>): number {
  if (isWord(cursor.peek()) || others.has(cursor.peek())) return 1;
  const escaped = cursor.peek() === CODE.percent && isHexDigit(cursor.peek(1)) && isHexDigit(cursor.peek(2));
  return escaped ? 3 : 0;
}

function charactersOf(text: string): ReadonlySet<number> {
  return new Set([...text].map((letter) => letter.charCodeAt(0)));
}
