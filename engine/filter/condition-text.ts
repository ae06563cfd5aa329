import { DocumentText } from '../document/document-text.ts';
import { sourceOffset, type Runs, type Scalar } from '../document/node.ts';
import type { ByteString } from '../model/byte-string.ts';
import { Source, type Span } from '../model/source.ts';

/** A text that was written at one place; `runs` leads from it to the bytes of the document. A scalar is one. */
export interface Written {
  readonly document: DocumentText;
  readonly runs: Runs;
  readonly text: ByteString;
}

/** A place that a text as a whole stands for, although it isn't written there: the quotes put around a list item. */
export interface Place {
  readonly document: DocumentText;
  readonly start: number;
  readonly end: number;
}

/** Where a part of a condition came from: `from` is the offset in the origin at which the part begins. */
export interface Piece {
  readonly at: number;
  readonly origin: Written | Place | ConditionText;
  readonly from: number;
}

/**
 * The text of a condition together with where each part of it was written. Lists and exceptions are put into a
 * condition as text before it is parsed, and appends join the texts of several files; a span leads back to each.
 */
export class ConditionText {
  readonly value: ByteString;
  readonly pieces: readonly Piece[];
  #lines: readonly number[] | undefined;

  constructor(value: ByteString, pieces: readonly Piece[]) {
    this.value = value;
    this.pieces = pieces;
    this.#lines = undefined;
  }

  /** A condition that is the value of a scalar. */
  static ofScalar(scalar: Scalar): ConditionText {
    return new ConditionText(scalar.text, [{ at: 0, origin: scalar, from: 0 }]);
  }

  /** A condition that stands alone: on the command line, in a request. */
  static ofText(written: string, name = 'condition'): ConditionText {
    const document = new DocumentText(new Source(name, written));
    const text = document.bytes;
    return new ConditionText(text, [{ at: 0, origin: { document, runs: [0, 0], text }, from: 0 }]);
  }

  /** Where lines begin as Falco's parser counts them: `\r` and `\n` each begin one. */
  get lines(): readonly number[] {
    if (this.#lines !== undefined) return this.#lines;
    const lines = [0];
    for (let at = 0; at < this.value.length; at++) {
      const code = this.value.charCodeAt(at);
      if (code === 0x0a || code === 0x0d) lines.push(at + 1);
    }
    return (this.#lines = lines);
  }

  /** A stretch of the condition; its places stay the same. */
  slice(from: number, to: number): ConditionText {
    const pieces: Piece[] = [];
    for (let i = this.pieceAt(from); i < this.pieces.length; i++) {
      const piece = this.pieces[i] as Piece;
      if (piece.at >= to && pieces.length > 0) break;
      const skipped = Math.max(0, from - piece.at);
      pieces.push({ at: piece.at + skipped - from, origin: piece.origin, from: piece.from + skipped });
    }
    return new ConditionText(this.value.slice(from, to), pieces);
  }

  /** Index of the piece that holds an offset; the last one for the end of the text. */
  pieceAt(offset: number): number {
    let low = 0;
    let high = this.pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.pieces[middle] as Piece).at <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Where a stretch of the condition was written. What begins in one text and ends in another ends where the first one does. */
  span(from: number, to: number): Span {
    const index = this.pieceAt(from);
    const { at, origin, from: skipped } = this.pieces[index] as Piece;
    const start = skipped + from - at;
    if (origin instanceof ConditionText) return origin.span(start, Math.min(skipped + to - at, origin.value.length));
    if (!isWritten(origin)) return origin.document.span(origin.start, origin.end);
    const first = sourceOffset(origin.runs, start);
    return origin.document.span(first, to <= from ? first : Math.max(first, this.#endOf(origin, index, to)));
  }

  /** The byte of the document at which a stretch ends that began in a piece of this origin. */
  #endOf(origin: Written, first: number, to: number): number {
    let end = 0;
    for (let i = first; i < this.pieces.length; i++) {
      const piece = this.pieces[i] as Piece;
      const own = piece.origin === origin;
      // Another text stood at the end of the stretch: its place, up to where this one goes on, belongs to it.
      if (piece.at >= to) {
        if (own) return trimmed(origin, sourceOffset(origin.runs, piece.from - 1) + 1);
        continue;
      }
      const next = Math.min(this.pieces[i + 1]?.at ?? this.value.length, to);
      if (own) end = sourceOffset(origin.runs, piece.from + next - 1 - piece.at) + 1;
      if (own && next === to) return end;
    }
    return trimmed(origin, sourceOffset(origin.runs, origin.text.length - 1) + 1);
  }
}

function isWritten(origin: Written | Place): origin is Written {
  return 'runs' in origin;
}

/** An end moved back over blanks. */
function trimmed(origin: Written, end: number): number {
  const { bytes } = origin.document;
  let last = end;
  while (last > 0 && bytes.charCodeAt(last - 1) <= 0x20) last--;
  return last;
}
