import { fromUnicode } from '../model/byte-string.ts';
import type { DocumentText } from './document-text.ts';
import type { Mark } from './mark.ts';
import type { Mapping, Node, NullNode, Pair, Scalar, ScalarStyle, Sequence } from './node.ts';
import { WrittenScalar } from './written-scalar.ts';
import type { NodeHead, ScalarEvent, YamlEvent, YamlProblem } from './yaml-events.ts';

/** Texts that mean nothing when written plainly. */
const NULLS: ReadonlySet<string> = new Set(['', '~', 'null', 'Null', 'NULL']);

/** What js-yaml's event stream doesn't refuse by itself: an alias that can't be resolved, a question mark in a list. */
class SyntaxProblem extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Builds the documents of an event stream up to the first one without content, which ends a file for Falco. */
export function compose(
  document: DocumentText,
  events: readonly YamlEvent[],
): { documents: Node[] } | { problem: YamlProblem } {
  const composer = new Composer(document, events);
  const documents: Node[] = [];
  try {
    for (let node = composer.next(); node !== undefined && node.kind !== 'null'; node = composer.next()) {
      documents.push(node);
    }
    return { documents };
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    return { problem: { message: error.message, offset: error.offset } };
  }
}

class Composer {
  readonly #document: DocumentText;
  readonly #characters: string;
  readonly #events: readonly YamlEvent[];
  #at = 0;
  /** Character after the last thing read. */
  #end = 0;
  #anchors = new Map<string, Node | undefined>();
  /** Open [ and {. */
  #flows = 0;

  constructor(document: DocumentText, events: readonly YamlEvent[]) {
    this.#document = document;
    this.#characters = document.characters;
    this.#events = events;
  }

  /** The next document, or undefined after the last one. */
  next(): Node | undefined {
    if (this.#events[this.#at]?.kind !== 'document') return undefined;
    this.#at++;
    this.#anchors = new Map();
    const node = this.#node();
    this.#at++;
    return node;
  }

  #node(): Node {
    const event = this.#events[this.#at++] as YamlEvent;
    if (event.kind === 'alias') return this.#alias(event);
    if (event.kind === 'document' || event.kind === 'end') throw new Error('a node was expected');
    // Known as open until it is whole: an alias inside refers to nothing that can be built.
    if (event.head.anchor !== undefined) this.#anchors.set(event.head.anchor, undefined);
    const node = event.kind === 'scalar' ? this.#scalar(event) : this.#collection(event);
    if (event.head.anchor !== undefined) this.#anchors.set(event.head.anchor, node);
    return node;
  }

  #alias({ name, start, end }: YamlEvent & { kind: 'alias' }): Node {
    const node = this.#anchors.get(name);
    if (node !== undefined) {
      this.#end = end;
      return node;
    }
    throw this.#anchors.has(name)
      ? new SyntaxProblem(`alias *${name} is inside the node it stands for`, start)
      : new SyntaxProblem(`the referenced anchor is not defined: ${name}`, start);
  }

  #collection(event: YamlEvent & { kind: 'sequence' | 'mapping' }): Sequence | Mapping {
    const mark = this.#mark(event.head, event.start);
    this.#end = event.start + (event.flow ? 1 : 0);
    const children: Node[] = [];
    if (event.flow) this.#flows++;
    while (this.#events[this.#at]?.kind !== 'end') children.push(this.#node());
    if (event.flow) this.#flows--;
    this.#at++;
    if (event.flow) this.#end = this.#afterBracket(event.kind === 'sequence' ? ']' : '}');
    const place = { document: this.#document, mark, end: this.#document.byte(this.#end) };
    if (event.kind === 'sequence') return { kind: 'sequence', ...place, items: children };
    return { kind: 'mapping', ...place, pairs: pairsOf(children) };
  }

  #scalar(event: ScalarEvent): Scalar | NullNode {
    if (event.start < 0) return this.#nothing(event);
    const start = this.#written(event);
    this.#refuseQuestionMark(event);
    const mark = this.#mark(event.head, start);
    this.#end = event.end + (event.style.endsWith('quoted') ? 1 : 0);
    const place = { document: this.#document, mark, end: this.#document.byte(this.#end) };
    if (event.style === 'plain' && event.head.tag === undefined && NULLS.has(event.text))
      return { kind: 'null', ...place };
    const decoded = this.#withoutAddedBreak(event);
    const text = fromUnicode(decoded);
    if (isBlock(event.style)) place.end = this.#blockEnd(event);
    return new WrittenScalar(place, event.style, text, decoded, event.start);
  }

  /** The stretch of a block ends with its last letter: blank lines after it are not part of it. */
  #blockEnd({ start, end }: ScalarEvent): number {
    let last = end;
    while (last > start && /\s/.test(this.#characters[last - 1] as string)) last--;
    return this.#document.byte(last);
  }

  /** Inside [ and { Falco's reader takes a question mark for a key, even within a word. */
  #refuseQuestionMark({ style, start, end }: ScalarEvent): void {
    if (this.#flows === 0 || style !== 'plain') return;
    const at = this.#characters.slice(start, end).indexOf('?');
    if (at !== -1) throw new SyntaxProblem('missed comma between flow collection entries', start + at);
  }

  /** A block at the end of a file that lacks its last line ending: js-yaml adds one, yaml-cpp doesn't. */
  #withoutAddedBreak({ style, text, end }: ScalarEvent): string {
    const added =
      isBlock(style) && end === this.#characters.length && !this.#characters.endsWith('\n') && text.endsWith('\n');
    return added ? text.slice(0, -1) : text;
  }

  /** Nothing is written: null, or an empty text where a tag stands alone. */
  #nothing(event: ScalarEvent): Scalar | NullNode {
    const mark = event.head.start >= 0 ? this.#document.mark(event.head.start) : this.#nextMark();
    const place = { document: this.#document, mark, end: this.#document.byte(this.#end) };
    if (event.style !== 'empty' || event.head.tag === '?') return { kind: 'null', ...place };
    return { kind: 'scalar', ...place, style: 'empty', text: '', runs: [0, mark.offset] };
  }

  /** Falco places what is not there at the next thing that is; at the end of the file as if a line had begun. */
  #nextMark(): Mark {
    const gap = /(?:\s|#[^\n]*)*(?:[-:?](?=\s|$))?(?:\s|#[^\n]*)*/y;
    gap.lastIndex = this.#end;
    gap.test(this.#characters);
    const mark = this.#document.mark(gap.lastIndex);
    return gap.lastIndex < this.#characters.length ? mark : { ...mark, column: 0 };
  }

  /** Where a scalar begins: its quote, the `|` or `>` of a block, its first letter. */
  #written({ start, style, head }: ScalarEvent): number {
    if (style.endsWith('quoted')) return start - 1;
    if (!isBlock(style)) return start;
    const from = Math.max(this.#end, head.start);
    const at = this.#characters.slice(from, start).search(style === 'literal' ? /\|/ : />/);
    return at === -1 ? start : from + at;
  }

  #mark(head: NodeHead, start: number) {
    return this.#document.mark(head.start >= 0 ? Math.min(head.start, start) : start);
  }

  #afterBracket(bracket: string): number {
    const rest = /(?:[\s,]|#[^\n]*)*/y;
    rest.lastIndex = this.#end;
    rest.test(this.#characters);
    const at = rest.lastIndex;
    return this.#characters[at] === bracket ? at + 1 : this.#end;
  }
}

function pairsOf(children: readonly Node[]): Pair[] {
  const pairs: Pair[] = [];
  for (let i = 0; i + 1 < children.length; i += 2)
    pairs.push({ key: children[i] as Node, value: children[i + 1] as Node });
  return pairs;
}

function isBlock(style: ScalarStyle): boolean {
  return style === 'literal' || style === 'folded';
}
