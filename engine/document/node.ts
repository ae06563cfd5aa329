import type { ByteString } from '../model/byte-string.ts';
import type { Span } from '../model/source.ts';
import type { DocumentText } from './document-text.ts';
import type { Mark } from './mark.ts';

/**
 * A value of a document. An alias is the node it stands for, so one node can be in several places. `mark` is where
 * Falco says the node is, `end` the byte after it.
 */
export type Node = NullNode | Scalar | Sequence | Mapping;

/** Nothing, or an unquoted `~`, `null`, `Null` or `NULL`. */
export interface NullNode {
  readonly kind: 'null';
  readonly document: DocumentText;
  readonly mark: Mark;
  readonly end: number;
}

/** How a scalar is written. `empty` is a tag with nothing after it, such as `!=` in a flow sequence. */
export type ScalarStyle = 'plain' | 'single-quoted' | 'double-quoted' | 'literal' | 'folded' | 'empty';

/** A text; numbers and truth values are texts too until they are asked for as such. */
export interface Scalar {
  readonly kind: 'scalar';
  readonly document: DocumentText;
  readonly mark: Mark;
  readonly end: number;
  readonly style: ScalarStyle;
  /** Decoded: quotes, escapes and folds resolved. */
  readonly text: ByteString;
  /** Where the text came from. */
  readonly runs: Runs;
}

/** Items in order. */
export interface Sequence {
  readonly kind: 'sequence';
  readonly document: DocumentText;
  readonly mark: Mark;
  readonly end: number;
  readonly items: readonly Node[];
}

/** Keys with their values, in order. A key can occur twice; the first one counts. */
export interface Mapping {
  readonly kind: 'mapping';
  readonly document: DocumentText;
  readonly mark: Mark;
  readonly end: number;
  readonly pairs: readonly Pair[];
}

/** A key and its value. */
export interface Pair {
  readonly key: Node;
  readonly value: Node;
}

/**
 * Where a decoded text came from: pairs of an offset in the text and an offset in the document's bytes. From each pair
 * on both advance together until the next pair.
 */
export type Runs = readonly number[];

/** The value of the first pair with this key, or undefined. Only scalar keys are found. */
export function valueOf(mapping: Mapping, key: ByteString): Node | undefined {
  for (const pair of mapping.pairs) if (pair.key.kind === 'scalar' && pair.key.text === key) return pair.value;
  return undefined;
}

/** A node's stretch of the source. */
export function spanOf(node: Node): Span {
  return node.document.span(node.mark.offset, Math.max(node.end, node.mark.offset));
}

/** The offset in the document's bytes of an offset in a decoded text. At the end of the text it is the byte after the last one. */
export function sourceOffset(runs: Runs, offset: number): number {
  let low = 0;
  let high = runs.length / 2 - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((runs[middle * 2] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return (runs[low * 2 + 1] as number) + offset - (runs[low * 2] as number);
}
