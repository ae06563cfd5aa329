import { CODE, END, isBlank, isBreak, isDigit } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { chompEnd, ScalarText, type Chomp } from './scalar-text.ts';

/** What the first line of a block scalar says. */
interface Header {
  readonly folded: boolean;
  readonly chomp: Chomp;
  /** Columns of indentation when given by a digit. */
  readonly indent: number | undefined;
}

/**
 * Reads a literal (`|`) or folded (`>`) scalar; the cursor is at the indicator. `parentIndent` is the column of the
 * block it is in, -1 at the top.
 */
export function readBlockScalar(cursor: Cursor, parentIndent: number): ScalarText {
  const header = readHeader(cursor);
  const text = new ScalarText(cursor.text, cursor.offset);
  const body = new Body(cursor, text, header, Math.max(parentIndent, 0));
  body.read();
  chompEnd(text, header.chomp, undefined);
  return text;
}

function readHeader(cursor: Cursor): Header {
  const folded = cursor.peek() === CODE.greater;
  cursor.skip(1);
  let chomp: Chomp | undefined;
  let indent: number | undefined;
  for (let i = 0; i < 2; i++) {
    const code = cursor.peek();
    if ((code === CODE.plus || code === CODE.minus) && chomp === undefined)
      chomp = code === CODE.plus ? 'keep' : 'strip';
    else if (isDigit(code) && indent === undefined) indent = code - CODE.zero;
    else break;
    cursor.skip(1);
    if (indent === 0) cursor.fail('cannot set zero indentation for a block scalar');
  }
  while (isBlank(cursor.peek())) cursor.skip(1);
  if (cursor.peek() === CODE.hash) cursor.skipLine();
  if (!cursor.atEnd && !isBreak(cursor.peek())) cursor.fail('unexpected character in block scalar');
  return { folded, chomp: chomp ?? 'clip', indent };
}

/** The lines of a block scalar. */
class Body {
  readonly #cursor: Cursor;
  readonly #text: ScalarText;
  readonly #folded: boolean;
  readonly #detect: boolean;
  #indent: number;
  #begun = false;
  #sawText = false;
  #emptyLine = false;
  #moreIndented = false;
  #emptyLines = 0;
  #emptyLinesAfterMoreIndented = false;

  constructor(cursor: Cursor, text: ScalarText, header: Header, parentIndent: number) {
    this.#cursor = cursor;
    this.#text = text;
    this.#folded = header.folded;
    this.#detect = header.indent === undefined;
    this.#indent = (header.indent ?? 1) + parentIndent;
  }

  read(): void {
    const cursor = this.#cursor;
    while (!cursor.atEnd) {
      const start = cursor.offset;
      while (!isBreak(cursor.peek()) && cursor.peek() !== END) cursor.skip(1);
      if (cursor.offset > start) {
        this.#sawText = this.#begun = true;
        this.#text.append(start, cursor.offset);
      }
      if (cursor.peek() === END) return;
      const breakAt = cursor.offset;
      cursor.stepBreak();
      this.#skipIndent();
      this.#endLine(breakAt);
      if (!this.#emptyLine && cursor.column < this.#indent) return;
    }
  }

  #skipIndent(): void {
    const cursor = this.#cursor;
    const detecting = this.#detect && !this.#sawText;
    while (cursor.peek() === CODE.space && (cursor.column < this.#indent || detecting)) cursor.skip(1);
    if (detecting) this.#indent = Math.max(this.#indent, cursor.column);
    if (cursor.peek() === CODE.tab && cursor.column < this.#indent) {
      cursor.fail('illegal tab when looking for indentation');
    }
  }

  #endLine(breakAt: number): void {
    const nextEmpty = isBreak(this.#cursor.peek());
    const nextMoreIndented = isBlank(this.#cursor.peek());
    if (this.#folded && this.#emptyLines === 0 && nextEmpty) this.#emptyLinesAfterMoreIndented = this.#moreIndented;
    if (this.#begun) {
      if (this.#folded) this.#fold(breakAt, nextEmpty, nextMoreIndented);
      else this.#text.appendFor('\n', breakAt);
    }
    this.#emptyLine = nextEmpty;
    this.#moreIndented = nextMoreIndented;
    this.#begun = true;
  }

  /** A line ending is a space, unless it is next to an empty line or to one that is indented more. */
  #fold(breakAt: number, nextEmpty: boolean, nextMoreIndented: boolean): void {
    const plain = !this.#emptyLine && !nextEmpty && !this.#moreIndented && !nextMoreIndented;
    if (plain && this.#cursor.column >= this.#indent) this.#text.appendFor(' ', breakAt);
    else if (nextEmpty) this.#emptyLines++;
    else this.#text.appendFor('\n', breakAt);
    if (nextEmpty || this.#emptyLines === 0) return;
    const kept = this.#emptyLinesAfterMoreIndented || nextMoreIndented || !this.#sawText ? 0 : 1;
    this.#text.appendFor('\n'.repeat(this.#emptyLines - kept), breakAt);
    this.#emptyLines = 0;
  }
}
