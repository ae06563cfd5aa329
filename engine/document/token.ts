import type { ByteString } from '../model/byte-string.ts';
import type { Mark } from './mark.ts';
import type { Runs, ScalarStyle } from './node.ts';

/** What a token is. */
export type TokenKind =
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-sequence-end'
  | 'block-mapping-end'
  | 'block-entry'
  | 'flow-sequence-start'
  | 'flow-mapping-start'
  | 'flow-sequence-end'
  | 'flow-mapping-end'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'anchor'
  | 'alias'
  | 'tag'
  | 'scalar';

/**
 * A piece of YAML. Whether a text is a key is known only when the `:` after it is seen; until then the key token (and
 * the start of the mapping it would open) before it is `open`, and afterwards `valid` or `void`.
 */
export interface Token {
  readonly kind: TokenKind;
  readonly mark: Mark;
  readonly end: number;
  status: 'valid' | 'open' | 'void';
  /** Name of a directive, anchor or alias; kind of a tag; decoded text of a scalar. */
  readonly text: ByteString;
  /** Words after a directive; handle and suffix of a tag. */
  readonly words: readonly ByteString[];
  readonly style: ScalarStyle;
  readonly runs: Runs;
}

const NO_RUNS: Runs = [0, 0];

/** A token with nothing but a kind and a place. */
export function token(kind: TokenKind, mark: Mark, end = mark.offset): Token {
  return { kind, mark, end, status: 'valid', text: '', words: [], style: 'empty', runs: NO_RUNS };
}

/** A token that carries a text. */
export function textToken(kind: TokenKind, mark: Mark, end: number, text: ByteString, words: ByteString[] = []): Token {
  return { kind, mark, end, status: 'valid', text, words, style: 'empty', runs: NO_RUNS };
}

/** A scalar. */
export function scalarToken(mark: Mark, end: number, style: ScalarStyle, text: ByteString, runs: Runs): Token {
  return { kind: 'scalar', mark, end, status: 'valid', text, words: [], style, runs };
}
