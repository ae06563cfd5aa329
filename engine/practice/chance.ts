import { textHash } from '../model/text-hash.ts';

/** Letters and digits that Kubernetes gives to the ends of names: none that could make a word. */
const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const HEX_DIGITS = '0123456789abcdef';

/**
 * Numbers that follow from a seed and a name, and from nothing else: the same two give the same numbers on every
 * machine. Each variable has a chance of its own, so that one more variable leaves the others as they are.
 */
export class Chance {
  #state: number;

  constructor(seed: string, name: string) {
    this.#state = textHash(`${seed}\n${name}`);
  }

  /** A whole number from 0 up to, and not including, `count`. */
  below(count: number): number {
    return Math.floor((this.#next() / 0x1_0000_0000) * count);
  }

  /** Hexadecimal digits, as in the id of a container. */
  hex(length: number): string {
    return this.#letters(HEX_DIGITS, length);
  }

  /** The end of a pod's name. */
  suffix(length: number): string {
    return this.#letters(SUFFIX_LETTERS, length);
  }

  #letters(alphabet: string, length: number): string {
    let text = '';
    while (text.length < length) text += alphabet[this.below(alphabet.length)];
    return text;
  }

  /** Mulberry32: 32 bits, well spread, enough for names and numbers. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
}
