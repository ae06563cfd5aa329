import type { ByteString } from '../model/byte-string.ts';
import { MAX_YAML_DEPTH } from '../model/limits.ts';
import { Anchors } from './anchors.ts';
import { DocumentError } from './cursor.ts';
import { Directives } from './directives.ts';
import type { DocumentText } from './document-text.ts';
import type { Mark } from './mark.ts';
import type { Mapping, Node, NullNode, Pair, Scalar, Sequence } from './node.ts';
import { Scanner } from './scanner.ts';
import type { Token, TokenKind } from './token.ts';

/** Turns tokens into nodes, document by document, accepting and refusing what yaml-cpp does. */
export class Parser {
  readonly #document: DocumentText;
  readonly #scanner: Scanner;
  #directives = new Directives();
  #anchors: Anchors;
  #depth = 0;
  /** Kinds of the collections that are open; a lone `key: value` pair may stand in a flow sequence only. */
  readonly #open: ('flow-sequence' | 'other')[] = [];

  constructor(document: DocumentText) {
    this.#document = document;
    this.#scanner = new Scanner(document.bytes);
    this.#anchors = new Anchors();
  }

  /** The next document, or undefined after the last one. Throws `DocumentError`. */
  next(): Node | undefined {
    this.#readDirectives();
    const first = this.#scanner.peek();
    if (first === undefined) return undefined;
    this.#anchors = new Anchors();
    if (first.kind === 'document-start') this.#scanner.take();
    const node = this.#node();
    while (this.#scanner.peek()?.kind === 'document-end') this.#scanner.take();
    return node;
  }

  #readDirectives(): void {
    let fresh = true;
    for (let next = this.#scanner.peek(); next?.kind === 'directive'; next = this.#scanner.peek()) {
      if (fresh) this.#directives = new Directives();
      fresh = false;
      this.#directives.add(next);
      this.#scanner.take();
    }
  }

  #node(): Node {
    if (++this.#depth >= MAX_YAML_DEPTH) this.#fail('bad file', undefined);
    const node = this.#nodeInside();
    this.#depth--;
    return node;
  }

  #nodeInside(): Node {
    const first = this.#scanner.peek();
    if (first === undefined) return this.#null(this.#scanner.mark());
    if (first.kind === 'value') return this.#pairWithoutKey(first.mark);
    if (first.kind === 'alias') {
      this.#scanner.take();
      return this.#anchors.find(first);
    }
    const { tag, anchor } = this.#properties();
    const token = this.#scanner.peek();
    const node = this.#content(token, first.mark, tag);
    if (anchor !== undefined) this.#anchors.close(anchor, node);
    return node;
  }

  #content(token: Token | undefined, mark: Mark, tag: ByteString): Node {
    if (token === undefined) return this.#null(mark);
    switch (token.kind) {
      case 'scalar':
        this.#scanner.take();
        return isNull(token, tag) ? this.#null(mark, token.end) : this.#scalar(token, mark);
      case 'flow-sequence-start':
        return this.#sequence(mark, (items) => this.#flowItems(items));
      case 'block-sequence-start':
        return this.#sequence(mark, (items) => this.#blockItems(items));
      case 'flow-mapping-start':
        return this.#mapping(mark, (pairs) => this.#flowPairs(pairs));
      case 'block-mapping-start':
        return this.#mapping(mark, (pairs) => this.#blockPairs(pairs));
      case 'key':
        if (this.#open.at(-1) === 'flow-sequence') return this.#mapping(mark, (pairs) => this.#lonePair(pairs));
    }
    return tag === '?' || tag === '' ? this.#null(mark) : this.#emptyScalar(mark);
  }

  #sequence(mark: Mark, read: (items: Node[]) => number): Node {
    const items: Node[] = [];
    const node = { kind: 'sequence' as const, document: this.#document, mark, end: mark.offset, items };
    node.end = read(items);
    return node satisfies Sequence;
  }

  #mapping(mark: Mark, read: (pairs: Pair[]) => number): Node {
    const pairs: Pair[] = [];
    const node = { kind: 'mapping' as const, document: this.#document, mark, end: mark.offset, pairs };
    node.end = read(pairs);
    return node satisfies Mapping;
  }

  #blockItems(items: Node[]): number {
    this.#enter('other');
    let end = this.#scanner.mark().offset;
    for (;;) {
      const token = this.#expect(['block-entry', 'block-sequence-end'], 'end of sequence not found');
      if (token.kind === 'block-sequence-end') break;
      const next = this.#scanner.peek();
      if (next?.kind === 'block-entry' || next?.kind === 'block-sequence-end') items.push(this.#null(next.mark));
      else items.push(this.#node());
      end = (items.at(-1) as Node).end;
    }
    this.#open.pop();
    return end;
  }

  #flowItems(items: Node[]): number {
    this.#enter('flow-sequence');
    const message = 'end of sequence flow not found';
    for (;;) {
      const first = this.#scanner.peek() ?? this.#fail(message, undefined);
      if (first.kind === 'flow-sequence-end') return this.#leave(first);
      items.push(this.#node());
      this.#separator('flow-sequence-end', message);
    }
  }

  #blockPairs(pairs: Pair[]): number {
    this.#enter('other');
    let end = this.#scanner.mark().offset;
    const message = 'end of map not found';
    for (;;) {
      const first = this.#scanner.peek() ?? this.#fail(message, undefined);
      if (first.kind === 'block-mapping-end') {
        this.#leave(first);
        return end;
      }
      if (first.kind !== 'key' && first.kind !== 'value') this.#fail(message, first);
      pairs.push(this.#pair(first));
      end = (pairs.at(-1) as Pair).value.end;
    }
  }

  #flowPairs(pairs: Pair[]): number {
    this.#enter('other');
    const message = 'end of map flow not found';
    for (;;) {
      const first = this.#scanner.peek() ?? this.#fail(message, undefined);
      if (first.kind === 'flow-mapping-end') return this.#leave(first);
      pairs.push(this.#pair(first));
      this.#separator('flow-mapping-end', message);
    }
  }

  #lonePair(pairs: Pair[]): number {
    this.#open.push('other');
    pairs.push(this.#pair(this.#scanner.peek() as Token));
    this.#open.pop();
    return (pairs[0] as Pair).value.end;
  }

  #pairWithoutKey(mark: Mark): Node {
    return this.#mapping(mark, (pairs) => this.#lonePair(pairs));
  }

  /** A key, a value, or both; what is missing is null at the place of the first token. */
  #pair(first: Token): Pair {
    let key: Node = this.#null(first.mark);
    if (first.kind === 'key') {
      this.#scanner.take();
      key = this.#node();
    }
    if (this.#scanner.peek()?.kind !== 'value') return { key, value: this.#null(first.mark) };
    this.#scanner.take();
    return { key, value: this.#node() };
  }

  #separator(end: TokenKind, message: string): void {
    const next = this.#scanner.peek() ?? this.#fail(message, undefined);
    if (next.kind === 'flow-entry') this.#scanner.take();
    else if (next.kind !== end) this.#fail(message, next);
  }

  #expect(kinds: readonly TokenKind[], message: string): Token {
    const token = this.#scanner.peek() ?? this.#fail(message, undefined);
    if (!kinds.includes(token.kind)) this.#fail(message, token);
    this.#scanner.take();
    return token;
  }

  #enter(kind: 'flow-sequence' | 'other'): void {
    this.#scanner.take();
    this.#open.push(kind);
  }

  #leave(last: Token): number {
    this.#scanner.take();
    this.#open.pop();
    return last.end;
  }

  /** Tags and anchors before a node. */
  #properties(): { tag: ByteString; anchor: number | undefined } {
    let tag = '';
    let anchor: number | undefined;
    for (;;) {
      const token = this.#scanner.peek();
      if (token?.kind === 'tag') {
        if (tag !== '') this.#fail('cannot assign multiple tags to the same node', token);
        tag = this.#directives.translate(token);
      } else if (token?.kind === 'anchor') {
        if (anchor !== undefined) this.#fail('cannot assign multiple anchors to the same node', token);
        anchor = this.#anchors.register(token.text);
      } else return { tag, anchor };
      this.#scanner.take();
    }
  }

  #null(mark: Mark, end = mark.offset): NullNode {
    return { kind: 'null', document: this.#document, mark, end };
  }

  #scalar(token: Token, mark: Mark): Scalar {
    const { end, style, text, runs } = token;
    return { kind: 'scalar', document: this.#document, mark, end, style, text, runs };
  }

  #emptyScalar(mark: Mark): Scalar {
    const end = this.#scanner.mark().offset;
    return { kind: 'scalar', document: this.#document, mark, end, style: 'empty', text: '', runs: [0, mark.offset] };
  }

  #fail(message: string, at: Token | undefined): never {
    throw new DocumentError(message, at === undefined ? this.#scanner.mark() : at.mark);
  }
}

const NULLS: ReadonlySet<string> = new Set(['', '~', 'null', 'Null', 'NULL']);

function isNull(token: Token, tag: ByteString): boolean {
  return token.style === 'plain' && (tag === '' || tag === '?') && NULLS.has(token.text);
}
