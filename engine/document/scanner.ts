import type { ByteString } from '../model/byte-string.ts';
import { readBlockScalar } from './block-scalar.ts';
import { Blocks } from './blocks.ts';
import { CODE, isBlank, isBlankOrBreak, isBreak, isGap } from './characters.ts';
import { Cursor } from './cursor.ts';
import { readPlainScalar, readQuotedScalar, startsPlainScalar } from './flow-scalar.ts';
import type { Mark } from './mark.ts';
import { readTag } from './tag.ts';
import { TokenQueue } from './token-queue.ts';
import { scalarToken, textToken, token, type Token, type TokenKind } from './token.ts';

/**
 * Turns text into tokens, one step at a time and no further than is asked for, because an error in a part that is
 * never reached is no error. It accepts and refuses what yaml-cpp does, in its words.
 */
export class Scanner {
  readonly #cursor: Cursor;
  readonly #queue = new TokenQueue();
  readonly #blocks: Blocks;
  #ended = false;
  /** False after a quoted scalar until something follows that lets a scalar begin again. */
  #scalarAllowed = true;
  /** After a quoted scalar or a closed flow collection a `:` needs no blank after it. */
  #afterQuoted = false;

  constructor(text: ByteString) {
    this.#cursor = new Cursor(text);
    this.#blocks = new Blocks(this.#cursor, this.#queue);
  }

  /** The next token, or undefined at the end. */
  peek(): Token | undefined {
    for (;;) {
      const first = this.#queue.first();
      // A key that nothing decided before the text ended is one.
      if (first?.status === 'valid' || this.#ended) return first;
      this.#scan();
    }
  }

  /** Takes the token that `peek` told. */
  take(): void {
    this.#queue.take();
  }

  /** How far the text has been read. */
  mark(): Mark {
    return this.#cursor.mark();
  }

  #scan(): void {
    const cursor = this.#cursor;
    this.#skipToToken();
    this.#blocks.closeToColumn();
    if (cursor.atEnd) return this.#end();
    const code = cursor.peek();
    if (cursor.column === 0) {
      if (code === CODE.percent) return this.#scanDirective();
      if (cursor.isMarker(CODE.minus)) return this.#scanDocumentMarker('document-start');
      if (cursor.isMarker(CODE.dot)) return this.#scanDocumentMarker('document-end');
    }
    if (this.#scanIndicator(code)) return;
    if (!this.#scalarAllowed) cursor.fail('unexpected scalar');
    if (code === CODE.singleQuote || code === CODE.doubleQuote) return this.#scanQuoted(code);
    if (startsPlainScalar(cursor, this.#blocks.inFlow)) return this.#scanPlain();
    cursor.fail('unknown token');
  }

  /** Scans what begins with a character of its own; false when it is none of these. */
  #scanIndicator(code: number): boolean {
    const cursor = this.#cursor;
    const inFlow = this.#blocks.inFlow;
    if (code === CODE.leftBracket || code === CODE.leftBrace) this.#scanFlowStart(code);
    else if (code === CODE.rightBracket || code === CODE.rightBrace) this.#scanFlowEnd(code);
    else if (code === CODE.comma) this.#scanFlowEntry();
    else if (code === CODE.minus && isGap(cursor.peek(1))) this.#scanBlockEntry();
    else if (code === CODE.question && isBlankOrBreak(cursor.peek(1))) this.#scanKey();
    else if (code === CODE.colon && this.#isValue()) this.#scanValue();
    else if (code === CODE.star || code === CODE.ampersand) this.#scanAnchor(code === CODE.star ? 'alias' : 'anchor');
    else if (code === CODE.exclamation) this.#scanTag();
    else if (!inFlow && (code === CODE.pipe || code === CODE.greater)) this.#scanBlockScalar(code);
    else return false;
    return true;
  }

  #skipToToken(): void {
    const cursor = this.#cursor;
    for (;;) {
      while (isBlank(cursor.peek())) {
        if (cursor.peek() === CODE.tab && !this.#blocks.inFlow) this.#blocks.keyAllowed = false;
        cursor.skip(1);
      }
      if (cursor.peek() === CODE.hash) cursor.skipLine();
      if (!isBreak(cursor.peek())) return;
      cursor.stepBreak();
      this.#blocks.dropKey();
      this.#scalarAllowed = true;
      if (!this.#blocks.inFlow) this.#blocks.keyAllowed = true;
    }
  }

  /** The text ends as if with a line ending. */
  #end(): void {
    this.#cursor.lineStart = this.#cursor.offset;
    this.#blocks.closeAll();
    this.#blocks.forgetKeys();
    this.#ended = true;
  }

  #endBlocks(): void {
    this.#blocks.closeAll();
    this.#blocks.forgetKeys();
    this.#blocks.keyAllowed = false;
    this.#afterQuoted = false;
  }

  #scanDirective(): void {
    const cursor = this.#cursor;
    this.#endBlocks();
    const mark = cursor.mark();
    cursor.skip(1);
    const name = this.#readWord();
    const words: ByteString[] = [];
    for (;;) {
      while (isBlank(cursor.peek())) cursor.skip(1);
      if (cursor.atEnd || isBreak(cursor.peek()) || cursor.peek() === CODE.hash) break;
      words.push(this.#readWord());
    }
    this.#queue.push(textToken('directive', mark, cursor.offset, name, words));
  }

  #readWord(): ByteString {
    const start = this.#cursor.offset;
    while (!this.#cursor.atEnd && !isBlankOrBreak(this.#cursor.peek())) this.#cursor.skip(1);
    return this.#cursor.text.slice(start, this.#cursor.offset);
  }

  #scanDocumentMarker(kind: 'document-start' | 'document-end'): void {
    this.#endBlocks();
    this.#push(kind, 3);
  }

  #scanFlowStart(code: number): void {
    const kind = code === CODE.leftBracket ? 'sequence' : 'mapping';
    this.#blocks.noteKey();
    this.#blocks.keyAllowed = true;
    this.#afterQuoted = false;
    this.#blocks.openFlow(kind);
    this.#push(`flow-${kind}-start`, 1);
  }

  #scanFlowEnd(code: number): void {
    const kind = code === CODE.rightBracket ? 'sequence' : 'mapping';
    if (!this.#blocks.inFlow) this.#cursor.fail('illegal flow end');
    this.#endFlowItem();
    this.#blocks.keyAllowed = false;
    this.#afterQuoted = true;
    if (this.#blocks.flow !== kind) this.#cursor.fail('illegal flow end');
    this.#blocks.closeFlow();
    this.#push(`flow-${kind}-end`, 1);
  }

  #scanFlowEntry(): void {
    if (this.#cursor.column === 0) this.#cursor.fail('plain value cannot start with flow indicator character');
    if (!this.#scalarAllowed) this.#cursor.fail('unexpected scalar');
    this.#endFlowItem();
    this.#blocks.keyAllowed = true;
    this.#afterQuoted = false;
    this.#push('flow-entry', 1);
  }

  /** In `{a, b}` a key may be without a value; in `[a, b]` there was no key. */
  #endFlowItem(): void {
    if (this.#blocks.flow === 'mapping' && this.#blocks.confirmKey()) this.#push('value', 0);
    else if (this.#blocks.flow === 'sequence') this.#blocks.dropKey();
  }

  #scanBlockEntry(): void {
    if (this.#blocks.inFlow || !this.#blocks.keyAllowed) this.#cursor.fail('illegal block entry');
    this.#blocks.open('sequence');
    this.#blocks.keyAllowed = true;
    this.#afterQuoted = false;
    this.#push('block-entry', 1);
  }

  #scanKey(): void {
    const inFlow = this.#blocks.inFlow;
    if (!inFlow) {
      if (!this.#blocks.keyAllowed) this.#cursor.fail('illegal map key');
      this.#blocks.open('mapping');
    }
    this.#blocks.keyAllowed = !inFlow;
    this.#push('key', 1);
  }

  #isValue(): boolean {
    const next = this.#cursor.peek(1);
    if (!this.#blocks.inFlow) return isGap(next);
    if (this.#afterQuoted) return true;
    return isBlankOrBreak(next) || next === CODE.comma || next === CODE.rightBracket || next === CODE.rightBrace;
  }

  #scanValue(): void {
    const inFlow = this.#blocks.inFlow;
    this.#afterQuoted = false;
    if (this.#blocks.confirmKey()) {
      this.#blocks.keyAllowed = false;
    } else {
      if (!inFlow) {
        if (!this.#blocks.keyAllowed) this.#cursor.fail('illegal map value');
        this.#blocks.open('mapping');
      }
      this.#blocks.keyAllowed = !inFlow;
    }
    this.#scalarAllowed = true;
    this.#push('value', 1);
  }

  #scanAnchor(kind: 'anchor' | 'alias'): void {
    const cursor = this.#cursor;
    this.#noteScalarStart();
    const mark = cursor.mark();
    cursor.skip(1);
    const start = cursor.offset;
    while (!cursor.atEnd && !ANCHOR_ENDS.has(cursor.peek())) cursor.skip(1);
    if (cursor.offset === start) cursor.fail(kind === 'alias' ? 'alias not found after *' : 'anchor not found after &');
    if (!cursor.atEnd && !AFTER_ANCHOR.has(cursor.peek()))
      cursor.fail(`illegal character found while scanning ${kind}`);
    this.#queue.push(textToken(kind, mark, cursor.offset, cursor.text.slice(start, cursor.offset)));
  }

  #scanTag(): void {
    this.#noteScalarStart();
    const mark = this.#cursor.mark();
    const { kind, handle, suffix } = readTag(this.#cursor);
    this.#queue.push(textToken('tag', mark, this.#cursor.offset, kind, [handle, suffix]));
  }

  #noteScalarStart(): void {
    this.#blocks.noteKey();
    this.#blocks.keyAllowed = false;
    this.#afterQuoted = false;
  }

  #scanBlockScalar(code: number): void {
    const mark = this.#cursor.mark();
    const text = readBlockScalar(this.#cursor, this.#blocks.column);
    this.#blocks.keyAllowed = true;
    this.#afterQuoted = false;
    const style = code === CODE.pipe ? 'literal' : 'folded';
    this.#queue.push(scalarToken(mark, text.sourceEnd, style, text.value, text.runs));
  }

  #scanQuoted(code: number): void {
    this.#blocks.noteKey();
    const mark = this.#cursor.mark();
    const { text, end } = readQuotedScalar(this.#cursor);
    this.#blocks.keyAllowed = false;
    this.#scalarAllowed = this.#blocks.inFlow;
    this.#afterQuoted = true;
    const style = code === CODE.singleQuote ? 'single-quoted' : 'double-quoted';
    this.#queue.push(scalarToken(mark, end, style, text.value, text.runs));
  }

  #scanPlain(): void {
    const inFlow = this.#blocks.inFlow;
    const indent = inFlow ? 0 : this.#blocks.column + 1;
    this.#blocks.noteKey();
    const mark = this.#cursor.mark();
    const { text, end, endedByIndent } = readPlainScalar(this.#cursor, inFlow, indent);
    this.#blocks.keyAllowed = endedByIndent;
    this.#afterQuoted = false;
    this.#queue.push(scalarToken(mark, end, 'plain', text.value, text.runs));
  }

  #push(kind: TokenKind, length: number): void {
    const mark = this.#cursor.mark();
    this.#cursor.skip(length);
    this.#queue.push(token(kind, mark, this.#cursor.offset));
  }
}

const ANCHOR_ENDS: ReadonlySet<number> = new Set([...'[]{}, \t\r\n'].map((letter) => letter.charCodeAt(0)));
const AFTER_ANCHOR: ReadonlySet<number> = new Set([...'?:,]}%@` \t\r\n'].map((letter) => letter.charCodeAt(0)));
