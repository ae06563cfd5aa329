import type { Span } from '../model/source.ts';
import type { Expression, Operand } from './ast.ts';
import { ConditionParser } from './condition-parser.ts';
import type { ConditionText } from './condition-text.ts';
import { Lexer, LimitError, ParseError } from './lexer.ts';
import { parseHint, stoppedAt } from './parse-hint.ts';
import { OperandParser } from './parse-operand.ts';

/** Why a condition can't be read. */
export interface ParseFailure {
  /** `SYNTAX`, or the name of a limit of ours: `LIMIT_CONDITION_DEPTH`, `LIMIT_CONDITION_NODES`, `LIMIT_TRANSFORMER_DEPTH`. */
  readonly code: string;
  /** In Falco's words, save for limits. */
  readonly message: string;
  /** Where Falco's parser stopped, as an offset in the text. */
  readonly stop: number;
  /** What it stopped at, in the file. */
  readonly span: Span;
  readonly hint: string | undefined;
}

/** A condition with the number of nodes it is made of, or why there is none. */
export type ParseResult =
  | { readonly expression: Expression; readonly nodes: number; readonly failure?: undefined }
  | { readonly expression?: undefined; readonly failure: ParseFailure };

/** Reads a condition. At most `mostNodes` nodes are made, and at most `MAX_CONDITION_DEPTH` parentheses may be open. */
export function parseCondition(text: ConditionText, mostNodes?: number): ParseResult {
  const lexer = new Lexer(text);
  try {
    if (text.value === '') throw new ParseError('filter input string is empty');
    const parser = new ConditionParser(lexer, mostNodes);
    const expression = parser.parse();
    if (!lexer.atEnd) throw new ParseError(`unexpected token after '${lexer.last}', expecting 'or', 'and'`);
    return { expression, nodes: parser.count };
  } catch (error) {
    return { failure: failureOf(error, lexer) };
  }
}

/** A field or transformer and the offset after it, or why there is none. */
export type OperandResult =
  | { readonly operand: Operand; readonly end: number; readonly failure?: undefined }
  | { readonly operand?: undefined; readonly failure: ParseFailure };

/**
 * Reads the field or transformer that begins at `from`, looking no further than `to`: what follows a `%` in an output.
 * Falco tries ever shorter stretches until one is a field; so does the caller, by `to`.
 */
export function parseOperand(text: ConditionText, from = 0, to = text.value.length): OperandResult {
  const lexer = new Lexer(text, from, to);
  try {
    const operand = new OperandParser(lexer).operand(from, from);
    // The closing quote is missing in Falco's message too.
    if (operand === undefined) throw new ParseError(`unexpected token after '${lexer.last}`);
    return { operand, end: lexer.offset };
  } catch (error) {
    return { failure: failureOf(error, lexer) };
  }
}

function failureOf(error: unknown, lexer: Lexer): ParseFailure {
  const stop = lexer.offset;
  const span = lexer.text.span(stop, stoppedAt(lexer.value, stop));
  if (error instanceof LimitError) {
    return { code: error.code, message: error.message, stop, span, hint: 'write the condition in several macros' };
  }
  if (!(error instanceof ParseError)) throw error;
  // Falco keeps messages as C strings: one that quotes a zero byte ends there.
  const message = error.message.replace(/\0[^]*$/, '');
  return { code: 'SYNTAX', message, stop, span, hint: parseHint(lexer, error.message) };
}
