import { CODE, END, isBlank, isBlankOrBreak, isBreak, isGap } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { readEscape } from './escape.ts';
import { chompEnd, ScalarText } from './scalar-text.ts';

/** A scanned scalar that isn't a block scalar. */
export interface FlowScalar {
  readonly text: ScalarText;
  /** Byte after it, quotes included. */
  readonly end: number;
  /** A plain scalar that ended because the next line is indented less. */
  readonly endedByIndent: boolean;
}

/** Where a kind of scalar ends and how it treats what is inside. */
interface Shape {
  readonly endsAt: (cursor: Cursor) => boolean;
  /** Length of what ends it and belongs to it: the closing quote. */
  readonly closing: 0 | 1;
  readonly quote: number;
  readonly indent: number;
}

/** Reads an unquoted scalar. In block context it goes on over lines that are indented at least `indent`. */
export function readPlainScalar(cursor: Cursor, inFlow: boolean, indent: number): FlowScalar {
  const shape: Shape = { endsAt: inFlow ? endsPlainInFlow : endsPlain, closing: 0, quote: 0, indent };
  return read(cursor, shape);
}

/** Reads a quoted scalar; the cursor is at the opening quote. */
export function readQuotedScalar(cursor: Cursor): FlowScalar {
  const quote = cursor.peek();
  cursor.step();
  const endsAt = quote === CODE.singleQuote ? endsSingleQuoted : endsDoubleQuoted;
  return read(cursor, { endsAt, closing: 1, quote, indent: 0 });
}

function read(cursor: Cursor, shape: Shape): FlowScalar {
  const text = new ScalarText(cursor.text, cursor.offset);
  const line: Line = { kept: 0, protectedLength: undefined, escapedBreak: false };
  let emptyLine = false;
  let endedByIndent = false;
  while (!cursor.atEnd) {
    readLine(cursor, shape, text, line);
    if (cursor.atEnd) {
      if (shape.closing === 1) cursor.fail('illegal EOF in scalar');
      break;
    }
    if (shape.closing === 0 && cursor.atDocumentIndicator()) break;
    if (shape.endsAt(cursor)) {
      if (shape.closing === 1) cursor.step();
      break;
    }
    text.truncate(line.kept);
    const breakAt = cursor.offset;
    cursor.stepBreak();
    skipIndent(cursor, shape);
    const nextEmpty = isBreak(cursor.peek());
    if (nextEmpty) text.appendFor('\n', breakAt);
    else if (!emptyLine && !line.escapedBreak) text.appendFor(' ', breakAt);
    emptyLine = nextEmpty;
    endedByIndent = !emptyLine && cursor.column < shape.indent;
    if (endedByIndent) break;
  }
  if (shape.closing === 0) trimBlanks(text);
  chompEnd(text, shape.closing === 0 ? 'strip' : 'clip', line.protectedLength);
  return { text, end: shape.closing === 0 ? text.sourceEnd : cursor.offset, endedByIndent };
}

/** What is remembered of the line being read. */
interface Line {
  /** Length of the text without blanks at the end of this line; escaped ones stay. */
  kept: number;
  /** Length of the text after the last escape of any line. */
  protectedLength: number | undefined;
  escapedBreak: boolean;
}

function readLine(cursor: Cursor, shape: Shape, text: ScalarText, line: Line): void {
  let from = cursor.offset;
  line.kept = text.value.length;
  line.escapedBreak = false;
  const flush = () => {
    let last = cursor.offset;
    while (last > from && isBlank(cursor.text.charCodeAt(last - 1))) last--;
    if (last > from) line.kept = text.value.length + last - from;
    text.append(from, cursor.offset);
  };
  while (!shape.endsAt(cursor) && !isBreak(cursor.peek()) && !cursor.atEnd) {
    if (cursor.offset === cursor.lineStart && cursor.atDocumentIndicator()) {
      if (shape.closing === 1) cursor.fail('illegal document indicator in scalar');
      break;
    }
    if (!isEscape(cursor, shape.quote)) {
      cursor.skip(1);
      continue;
    }
    flush();
    const at = cursor.offset;
    line.escapedBreak = shape.quote === CODE.doubleQuote && isBreak(cursor.peek(1));
    if (line.escapedBreak) cursor.skip(1);
    else text.appendFor(shape.quote === CODE.singleQuote ? readDoubledQuote(cursor) : readEscape(cursor), at);
    line.kept = line.protectedLength = text.value.length;
    from = cursor.offset;
    if (line.escapedBreak) return;
  }
  flush();
}

function isEscape(cursor: Cursor, quote: number): boolean {
  if (quote === 0) return false;
  return cursor.peek() === (quote === CODE.doubleQuote ? CODE.backslash : CODE.singleQuote);
}

function readDoubledQuote(cursor: Cursor): string {
  cursor.skip(2);
  return "'";
}

function skipIndent(cursor: Cursor, shape: Shape): void {
  while (isBlank(cursor.peek())) {
    const indenting = cursor.column < shape.indent;
    if (indenting && cursor.peek() === CODE.tab && shape.closing === 0) {
      cursor.fail('illegal tab when looking for indentation');
    }
    if (shape.endsAt(cursor)) break;
    cursor.skip(1);
  }
}

function trimBlanks(text: ScalarText): void {
  let length = text.value.length;
  while (length > 0 && isBlank(text.value.charCodeAt(length - 1))) length--;
  if (length > 0) text.truncate(length);
}

function endsSingleQuoted(cursor: Cursor): boolean {
  return cursor.peek() === CODE.singleQuote && cursor.peek(1) !== CODE.singleQuote;
}

function endsDoubleQuoted(cursor: Cursor): boolean {
  return cursor.peek() === CODE.doubleQuote;
}

function endsPlain(cursor: Cursor): boolean {
  const code = cursor.peek();
  if (code === CODE.colon) return isGap(cursor.peek(1));
  return isBlankOrBreak(code) && startsComment(cursor, code);
}

function endsPlainInFlow(cursor: Cursor): boolean {
  const code = cursor.peek();
  if (code === CODE.colon) return isGap(cursor.peek(1)) || isFlowEnd(cursor.peek(1));
  if (isFlowEnd(code) || code === CODE.question || code === CODE.leftBracket || code === CODE.leftBrace) return true;
  return isBlankOrBreak(code) && startsComment(cursor, code);
}

function isFlowEnd(code: number): boolean {
  return code === CODE.comma || code === CODE.rightBracket || code === CODE.rightBrace;
}

/** A `#` after the blank or line ending at the cursor. */
function startsComment(cursor: Cursor, code: number): boolean {
  const long = code === CODE.carriageReturn && cursor.peek(1) === CODE.newline;
  return cursor.peek(long ? 2 : 1) === CODE.hash;
}

/** True when an unquoted scalar can begin at the cursor. */
export function startsPlainScalar(cursor: Cursor, inFlow: boolean): boolean {
  const code = cursor.peek();
  if (isBlankOrBreak(code) || NEVER_FIRST.has(code)) return false;
  if (code === CODE.question) return !inFlow && !isGap(cursor.peek(1));
  if (code !== CODE.minus && code !== CODE.colon) return true;
  return inFlow ? !isBlank(cursor.peek(1)) && cursor.peek(1) !== END : !isGap(cursor.peek(1));
}

const NEVER_FIRST: ReadonlySet<number> = new Set([...',[]{}#&*!|>\'"%@`'].map((letter) => letter.charCodeAt(0)));
