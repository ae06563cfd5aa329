import type { ByteString } from '../model/byte-string.ts';
import { ConditionSpan } from './condition-span.ts';
import type { ConditionText } from './condition-text.ts';
import { OPERATOR_TABLE, TRANSFORMER_TABLE, type OperandKind, type OperatorRow } from './operators.ts';
import { unescape } from './unescape.ts';

/** A condition that can't be read; thrown and caught within this room only. The place is where the lexer stopped. */
export class ParseError extends Error {}

/** A condition beyond a limit of ours; unlike a `ParseError` nothing in the grammar may recover from it. */
export class LimitError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

// The white space of POSIX. Blanks between tokens are another set: no vertical tab or form feed, but backspace.
const NOT = /not[ \t\n\v\f\r]+/y;
const IDENTIFIER = /[a-zA-Z][a-zA-Z0-9_]*/y;
const FIELD_NAME = /[a-zA-Z][a-zA-Z0-9_]*(?:\.[a-zA-Z][a-zA-Z0-9_]*)+/y;
const FIELD_ARGUMENT = /[^\]["' \t\n\v\f\r]+/y;
const HEXADECIMAL = /0[xX][0-9a-fA-F]+/y;
const NUMBER = /[+-]?[0-9]+\.?[0-9]*(?:[eE][+-][0-9]+)?/y;
const BARE = /[^()"' \t\n\v\f\r=,]+/y;

const TRANSFORMERS: readonly string[] = TRANSFORMER_TABLE.map(({ word }) => `${word}(`);
const OPERATORS_BY_KIND: Readonly<Record<OperandKind, readonly OperatorRow[]>> = {
  none: OPERATOR_TABLE.filter(({ takes }) => takes === 'none'),
  number: OPERATOR_TABLE.filter(({ takes }) => takes === 'number'),
  text: OPERATOR_TABLE.filter(({ takes }) => takes === 'text'),
  list: OPERATOR_TABLE.filter(({ takes }) => takes === 'list'),
};
const MODIFIERS: readonly string[] = ['oneof', 'anyof', 'allof'];

/** Takes tokens off a condition. Each method takes its token if it is next and tells whether it was. */
export class Lexer {
  readonly text: ConditionText;
  readonly value: ByteString;
  offset: number;
  /** Where the last token ended; blanks after it don't count. */
  end: number;
  /** The last token as Falco shows it in messages. */
  last: ByteString = '';

  /** Reads from `from` and sees nothing beyond `to`. */
  constructor(text: ConditionText, from = 0, to = text.value.length) {
    this.text = text;
    this.value = to === text.value.length ? text.value : text.value.slice(0, to);
    this.offset = this.end = from;
  }

  get atEnd(): boolean {
    return this.offset === this.value.length;
  }

  code(): number {
    return this.value.charCodeAt(this.offset);
  }

  /** Blanks: space, tab, backspace and line endings. */
  blank(): boolean {
    const start = this.offset;
    for (let code = this.code(); code === 0x20 || (code >= 8 && code <= 10) || code === 13; code = this.code()) {
      this.offset++;
    }
    return this.offset > start;
  }

  word(word: string): boolean {
    if (!this.value.startsWith(word, this.offset)) return false;
    this.#take(word);
    return true;
  }

  not(): boolean {
    return this.#match(NOT);
  }

  identifier(): boolean {
    return this.#match(IDENTIFIER);
  }

  fieldName(): boolean {
    return this.#match(FIELD_NAME);
  }

  fieldArgument(): boolean {
    return this.#match(FIELD_ARGUMENT);
  }

  number(): boolean {
    return this.#match(HEXADECIMAL) || this.#match(NUMBER);
  }

  bare(): boolean {
    return this.#match(BARE);
  }

  /** A text in quotes; it ends at the first same quote that has no backslash right before it. Throws on a bad escape. */
  quoted(): boolean {
    const quote = this.value[this.offset];
    if (quote !== '"' && quote !== "'") return false;
    const start = this.offset + 1;
    let close = this.value.indexOf(quote, start);
    while (close > start && this.value.charCodeAt(close - 1) === 0x5c) close = this.value.indexOf(quote, close + 1);
    const inside = this.value.slice(start, close === -1 ? undefined : close);
    const zero = inside.indexOf('\0');
    if (close === -1 || zero !== -1) {
      this.last = quote + (zero === -1 ? inside : inside.slice(0, zero));
      return false;
    }
    this.#take(this.value.slice(this.offset, close + 1));
    const result = unescape(inside, quote);
    if ('problem' in result) throw new ParseError(result.problem);
    this.last = result.text;
    return true;
  }

  /** A transformer with its opening parenthesis; the last token is its name. */
  transformer(): boolean {
    if (!TRANSFORMERS.some((word) => this.word(word))) return false;
    this.last = this.last.slice(0, -1);
    return true;
  }

  /** An operator that takes operands of a kind. */
  operator(kind: OperandKind): OperatorRow | undefined {
    return OPERATORS_BY_KIND[kind].find((row) => (row.needsBlank ? this.#wordAndBlank(row.word) : this.word(row.word)));
  }

  /** `oneof`, `anyof` or `allof` before a list or an identifier; anywhere else these words are ordinary texts. */
  modifier(): boolean {
    const { offset, end, last } = this;
    const found = MODIFIERS.some((word) => this.#wordAndBlank(word)) && this.#listFollows() && !this.#keywordFollows();
    if (!found) [this.offset, this.end, this.last] = [offset, end, last];
    return found;
  }

  span(from: number, at = from, checkAt = at): ConditionSpan {
    return new ConditionSpan(this.text, from, Math.max(from, this.end), at, checkAt);
  }

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.offset;
    if (!pattern.test(this.value)) return false;
    this.#take(this.value.slice(this.offset, pattern.lastIndex));
    return true;
  }

  #wordAndBlank(word: string): boolean {
    const { offset, end, last } = this;
    if (this.word(word)) {
      if (this.blank()) return true;
      [this.offset, this.end, this.last] = [offset, end, last];
    }
    return false;
  }

  #listFollows(): boolean {
    IDENTIFIER.lastIndex = this.offset;
    return this.value[this.offset] === '(' || IDENTIFIER.test(this.value);
  }

  #keywordFollows(): boolean {
    return ['and', 'or', 'not'].some((word) => {
      if (!this.value.startsWith(word, this.offset)) return false;
      return !/[a-zA-Z0-9]/.test(this.value[this.offset + word.length] ?? '');
    });
  }

  #take(token: ByteString): void {
    this.last = token;
    this.offset += token.length;
    this.end = this.offset;
  }
}
