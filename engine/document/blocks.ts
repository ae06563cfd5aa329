import { MAX_YAML_DEPTH } from '../model/limits.ts';
import type { Cursor } from './cursor.ts';
import { CODE, isGap } from './characters.ts';
import type { Mark } from './mark.ts';
import type { TokenQueue } from './token-queue.ts';
import { token, type Token } from './token.ts';

/** Open brackets at which reading stops at once: the parser would refuse so many, but sees them only when they are all read. */
const MOST_FLOWS = 20 * MAX_YAML_DEPTH;
/** Longest distance, in bytes, from the start of a key to its `:`. */
const LONGEST_KEY = 1024;

/** A column at which a block collection has its items. */
interface Indent {
  readonly column: number;
  readonly kind: 'mapping' | 'sequence' | 'none';
  readonly start: Token | undefined;
}

/** Something that is a key if a `:` follows on its line. */
interface PossibleKey {
  readonly mark: Mark;
  readonly flowLevel: number;
  readonly key: Token;
  /** The mapping that the key would open. */
  readonly indent: Indent | undefined;
}

/** Which collections are open, and which key may be being written: the memory of the scanner. */
export class Blocks {
  /** True where the next thing on the line may be a key. */
  keyAllowed = true;
  readonly #cursor: Cursor;
  readonly #queue: TokenQueue;
  readonly #indents: Indent[] = [{ column: -1, kind: 'none', start: undefined }];
  readonly #keys: PossibleKey[] = [];
  readonly #flows: ('mapping' | 'sequence')[] = [];

  constructor(cursor: Cursor, queue: TokenQueue) {
    this.#cursor = cursor;
    this.#queue = queue;
  }

  get inFlow(): boolean {
    return this.#flows.length > 0;
  }

  /** The innermost `[` or `{`. */
  get flow(): 'mapping' | 'sequence' | undefined {
    return this.#flows.at(-1);
  }

  get column(): number {
    return (this.#indents.at(-1) as Indent).column;
  }

  openFlow(kind: 'mapping' | 'sequence'): void {
    if (this.#flows.length >= MOST_FLOWS) this.#cursor.fail('bad file');
    this.#flows.push(kind);
  }

  closeFlow(): void {
    this.#flows.pop();
  }

  /** Opens a block collection at the cursor's column, unless it goes on there already. */
  open(kind: 'mapping' | 'sequence'): Indent | undefined {
    if (this.inFlow) return undefined;
    const column = this.#cursor.column;
    const last = this.#indents.at(-1) as Indent;
    if (column < last.column) return undefined;
    if (column === last.column && !(kind === 'sequence' && last.kind === 'mapping')) return undefined;
    const start = this.#queue.push(token(`block-${kind}-start`, this.#cursor.mark()));
    const indent: Indent = { column, kind, start };
    this.#indents.push(indent);
    return indent;
  }

  /** Closes the block collections whose items are to the right of the cursor. */
  closeToColumn(): void {
    if (this.inFlow) return;
    const column = this.#cursor.column;
    for (let last = this.#indents.at(-1); last !== undefined; last = this.#indents.at(-1)) {
      if (last.column < column) break;
      const goesOn = last.kind !== 'sequence' || this.#atEntry();
      if (last.column === column && goesOn) break;
      this.#close();
    }
    while (this.#indents.at(-1)?.start?.status === 'void') this.#close();
  }

  /** Closes every block collection: a document or the text ends. */
  closeAll(): void {
    if (this.inFlow) return;
    while ((this.#indents.at(-1) as Indent).kind !== 'none') this.#close();
  }

  #close(): void {
    const indent = this.#indents.pop() as Indent;
    if (indent.start !== undefined && indent.start.status !== 'valid') this.dropKey();
    else if (indent.kind !== 'none') this.#queue.push(token(`block-${indent.kind}-end`, this.#cursor.mark()));
  }

  #atEntry(): boolean {
    return this.#cursor.peek() === CODE.minus && isGap(this.#cursor.peek(1));
  }

  /** Notes that a key may begin at the cursor. */
  noteKey(): void {
    if (!this.keyAllowed || this.#keys.at(-1)?.flowLevel === this.#flows.length) return;
    const mark = this.#cursor.mark();
    const indent = this.open('mapping');
    if (indent?.start !== undefined) indent.start.status = 'open';
    const key = this.#queue.push(token('key', mark));
    key.status = 'open';
    this.#keys.push({ mark, flowLevel: this.#flows.length, key, indent });
  }

  /** What was noted was no key after all. */
  dropKey(): void {
    const key = this.#keys.at(-1);
    if (key === undefined || key.flowLevel !== this.#flows.length) return;
    this.#keys.pop();
    settle(key, 'void');
  }

  /** A `:` was found: true when what was noted is a key, on one line and not too long. */
  confirmKey(): boolean {
    const key = this.#keys.at(-1);
    if (key === undefined || key.flowLevel !== this.#flows.length) return false;
    this.#keys.pop();
    const near = this.#cursor.line === key.mark.line && this.#cursor.offset - key.mark.offset <= LONGEST_KEY;
    settle(key, near ? 'valid' : 'void');
    return near;
  }

  forgetKeys(): void {
    this.#keys.length = 0;
  }
}

function settle(key: PossibleKey, status: 'valid' | 'void'): void {
  key.key.status = status;
  if (key.indent?.start !== undefined) key.indent.start.status = status;
}
