import type { ByteString } from '../../model/byte-string.ts';
import type { Integer } from '../../model/integer.ts';
import { nearest } from '../../model/nearest.ts';

/** A JSON value with the place where it begins, as bytes from the start of its line. Integers keep all their digits. */
export type JsonNode =
  | { readonly kind: 'object'; readonly at: number; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly at: number; readonly items: readonly JsonNode[] }
  | { readonly kind: 'text'; readonly at: number; readonly text: ByteString }
  | { readonly kind: 'integer'; readonly at: number; readonly value: Integer }
  | { readonly kind: 'float'; readonly at: number; readonly value: number }
  | { readonly kind: 'boolean'; readonly at: number; readonly value: boolean }
  | { readonly kind: 'null'; readonly at: number };

/** One `"key": value` of an object. */
export interface JsonMember {
  readonly key: ByteString;
  readonly at: number;
  readonly value: JsonNode;
}

/** The first thing that is wrong with a line. */
export class LineProblem {
  readonly #suggests: boolean;
  message: string | undefined = undefined;
  at = 0;

  /** @param suggests false to spare the search for the word that was meant, which takes time in a flood of bad lines */
  constructor(suggests = true) {
    this.#suggests = suggests;
  }

  /** Notes what is wrong, unless something was before. */
  note(at: number, message: string): void {
    if (this.message !== undefined) return;
    this.message = message;
    this.at = at;
  }

  /** Notes a word that means nothing, and which one may be meant. */
  noteWord(at: number, word: string, sentence: (shown: string) => string, known: Iterable<string>): void {
    if (this.message !== undefined) return;
    const isLong = word.length > MAX_SHOWN_CHARACTERS;
    const near = this.#suggests && !isLong ? nearest(word, known) : undefined;
    const shown = isLong ? `${word.slice(0, MAX_SHOWN_CHARACTERS)}...` : word;
    this.note(at, sentence(`"${shown}"`) + (near === undefined ? '' : `; did you mean "${near}"?`));
  }
}

/** Of a word that is shown in a message. */
const MAX_SHOWN_CHARACTERS = 64;

/** The value of a key, or undefined. */
export function memberOf(node: JsonNode, key: string): JsonNode | undefined {
  return node.kind === 'object' ? node.members.find((member) => member.key === key)?.value : undefined;
}

/** What a node is, for a message. */
export function describeNode(node: JsonNode): string {
  if (node.kind === 'null') return 'null';
  return `${node.kind === 'array' || node.kind === 'object' || node.kind === 'integer' ? 'an' : 'a'} ${node.kind}`;
}
