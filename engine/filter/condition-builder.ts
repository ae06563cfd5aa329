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
    const part = text.slice(from, to);
    for (const piece of part.pieces) this.#note({ ...piece, at: this.#length + piece.at });
    return this.#add(part.value);
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

  /** Adds a text that is written nowhere; it counts as part of the text before it, or of the one given when it is the first. */
  glue(text: ByteString, first: ConditionText): this {
    if (this.#pieces.length === 0) this.#note({ at: 0, origin: first, from: 0 });
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
