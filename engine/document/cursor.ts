import type { ByteString } from '../model/byte-string.ts';
import { CODE, END, isBlankOrBreak } from './characters.ts';
import type { Mark } from './mark.ts';

/** A syntax error at a place; thrown and caught within this room only. */
export class DocumentError extends Error {
  readonly mark: Mark;

  constructor(message: string, mark: Mark) {
    super(message);
    this.mark = mark;
  }
}

/**
 * A place in a text that moves forward and counts lines. Which character ends a line is decided by the first line
 * ending of the text, as yaml-cpp does.
 */
export class Cursor {
  readonly text: ByteString;
  offset = 0;
  line = 0;
  /** Offset of the first byte of the current line. */
  lineStart = 0;
  readonly #lineEnd: number;

  constructor(text: ByteString) {
    this.text = text;
    this.#lineEnd = lineEndOf(text);
  }

  /** The code at the cursor or some bytes after it; `END` beyond the text. */
  peek(ahead = 0): number {
    const at = this.offset + ahead;
    return at < this.text.length ? this.text.charCodeAt(at) : END;
  }

  /** True at the end of the text. */
  get atEnd(): boolean {
    return this.offset >= this.text.length;
  }

  get column(): number {
    return this.offset - this.lineStart;
  }

  /** Steps over one byte, whatever it is. */
  step(): void {
    const code = this.text.charCodeAt(this.offset);
    this.offset++;
    if (code === this.#lineEnd) {
      this.line++;
      this.lineStart = this.offset;
    }
  }

  /** Steps over bytes that hold no line ending. */
  skip(count: number): void {
    this.offset += count;
  }

  /** Steps over a line ending: `\n`, `\r` or both. */
  stepBreak(): void {
    if (this.peek() === CODE.carriageReturn && this.peek(1) === CODE.newline) this.step();
    this.step();
  }

  /** Steps to the end of the line. */
  skipLine(): void {
    while (!this.atEnd && this.peek() !== CODE.newline && this.peek() !== CODE.carriageReturn) this.offset++;
  }

  /** `---` or `...` alone at the start of a line. */
  atDocumentIndicator(): boolean {
    if (this.offset !== this.lineStart) return false;
    return this.isMarker(CODE.minus) || this.isMarker(CODE.dot);
  }

  /** Three of a character, then a gap. */
  isMarker(code: number): boolean {
    if (this.peek() !== code || this.peek(1) !== code || this.peek(2) !== code) return false;
    return isBlankOrBreak(this.peek(3)) || this.peek(3) === END;
  }

  mark(): Mark {
    return { offset: this.offset, line: this.line, column: this.column };
  }

  fail(message: string): never {
    throw new DocumentError(message, this.mark());
  }
}

function lineEndOf(text: ByteString): number {
  const newline = text.indexOf('\n');
  const carriageReturn = text.indexOf('\r');
  if (carriageReturn === -1) return CODE.newline;
  if (newline !== -1 && newline <= carriageReturn + 1) return CODE.newline;
  return CODE.carriageReturn;
}
