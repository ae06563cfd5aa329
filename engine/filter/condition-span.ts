import type { Source, Span } from '../model/source.ts';
import type { ConditionText } from './condition-text.ts';

/** A place as Falco's parser counts: index from zero, line and column from one. */
export interface ParserPosition {
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

/** Where a part of a condition is, both in the file and, for Falco's own messages, in the text that was parsed. */
export class ConditionSpan implements Span {
  readonly text: ConditionText;
  /** The part, as offsets in the text. */
  readonly from: number;
  readonly to: number;
  /** Where Falco says the part is. */
  readonly at: number;
  /** Where Falco says the check is that the part belongs to. */
  readonly checkAt: number;
  #span: Span | undefined;

  constructor(text: ConditionText, from: number, to: number, at: number, checkAt: number) {
    this.text = text;
    this.from = from;
    this.to = to;
    this.at = at;
    this.checkAt = checkAt;
    this.#span = undefined;
  }

  get source(): Source {
    return this.#written().source;
  }

  get start(): number {
    return this.#written().start;
  }

  get end(): number {
    return this.#written().end;
  }

  #written(): Span {
    this.#span ??= this.text.span(this.from, this.to);
    return this.#span;
  }
}

/** The place of an index as Falco's parser counts. */
export function parserPosition({ lines }: ConditionText, index: number): ParserPosition {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] as number) <= index) low = middle;
    else high = middle - 1;
  }
  return { index, line: low + 1, column: index - (lines[low] as number) + 1 };
}
