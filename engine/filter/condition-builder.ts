import type { ByteString } from '../model/byte-string.ts';
import { ConditionText, type Piece, type Place } from './condition-text.ts';

/** Puts a condition together from parts, remembering where each came from. */
export class ConditionBuilder {
  readonly #chunks: ByteString[] = [];
  readonly #pieces: Piece[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Code of the last character, or -1 when there is none. */
  get last(): number {
    const chunk = this.#chunks.at(-1);
    return chunk === undefined ? -1 : chunk.charCodeAt(chunk.length - 1);
  }

  /** Adds a part of a condition; its places stay the same. */
  append(text: ConditionText, from = 0, to = text.value.length): this {
    if (to <= from) return this;
    for (let i = text.pieceAt(from); i < text.pieces.length; i++) {
      const piece = text.pieces[i] as Piece;
      if (piece.at >= to) break;
      const skipped = Math.max(0, from - piece.at);
      this.#note({ at: this.#length + piece.at + skipped - from, origin: piece.origin, from: piece.from + skipped });
    }
    return this.#add(text.value.slice(from, to));
  }

  /** Adds a whole condition as one part; its places are looked up in it. */
  insert(text: ConditionText): this {
    if (text.value === '') return this;
    this.#note({ at: this.#length, origin: text, from: 0 });
    return this.#add(text.value);
  }

  /** Adds a text that stands for a place without being written there. */
  add(text: ByteString, place: Place): this {
    if (text === '') return this;
    this.#note({ at: this.#length, origin: place, from: 0 });
    return this.#add(text);
  }

  /** Takes one character away from the end. */
  dropLast(): void {
    const chunk = this.#chunks.pop() as ByteString;
    if (chunk.length > 1) this.#chunks.push(chunk.slice(0, -1));
    this.#length--;
    while ((this.#pieces.at(-1)?.at ?? -1) >= this.#length) this.#pieces.pop();
  }

  build(): ConditionText {
    return new ConditionText(this.#chunks.join(''), this.#pieces);
  }

  #add(text: ByteString): this {
    this.#chunks.push(text);
    this.#length += text.length;
    return this;
  }

  #note(piece: Piece): void {
    this.#pieces.push(piece);
  }
}
