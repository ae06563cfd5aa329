import type { ByteString } from '../model/byte-string.ts';
import { sourceOffset, type Runs } from './node.ts';

/** The text of a scalar while it is being scanned, with the record of where each part came from. */
export class ScalarText {
  readonly #from: ByteString;
  readonly #runs: number[];
  value: ByteString = '';

  constructor(from: ByteString, start: number) {
    this.#from = from;
    this.#runs = [0, start];
  }

  /** Adds a stretch of the document as it is. */
  append(start: number, end: number): void {
    if (end <= start) return;
    this.#note(start);
    this.value += this.#from.slice(start, end);
  }

  /** Adds a text that stands for something at a place of the document: an escape, a folded line ending. */
  appendFor(text: ByteString, start: number): void {
    this.#note(start);
    this.value += text;
  }

  truncate(length: number): void {
    if (length >= this.value.length) return;
    this.value = this.value.slice(0, length);
    while (this.#runs.length > 2 && (this.#runs.at(-2) as number) >= length) this.#runs.length -= 2;
  }

  /** The byte after the last one that is part of the text. */
  get sourceEnd(): number {
    return this.value === '' ? (this.#runs[1] as number) : sourceOffset(this.#runs, this.value.length - 1) + 1;
  }

  get runs(): Runs {
    return this.#runs;
  }

  #note(start: number): void {
    const last = this.#runs.length - 2;
    const expected = (this.#runs[last + 1] as number) + this.value.length - (this.#runs[last] as number);
    if (expected === start) return;
    if (this.#runs[last] === this.value.length) this.#runs[last + 1] = start;
    else this.#runs.push(this.value.length, start);
  }
}

/** What becomes of the line endings at the end of a scalar: all go, one stays, all stay. */
export type Chomp = 'strip' | 'clip' | 'keep';

/**
 * Takes line endings from the end. `protectedLength` is the length of the text after its last escape: nothing before
 * it is taken, and when it is all there is, nothing at all.
 */
export function chompEnd(text: ScalarText, chomp: Chomp, protectedLength: number | undefined): void {
  if (chomp === 'keep') return;
  let last = text.value.length - 1;
  while (last >= 0 && text.value.charCodeAt(last) === 0x0a) last--;
  if (protectedLength !== undefined && last < protectedLength) last = protectedLength;
  text.truncate(last === -1 ? 0 : last + (chomp === 'clip' ? 2 : 1));
}
