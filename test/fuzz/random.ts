/** Chance that can be repeated: the same seed gives the same choices. */
export class Random {
  #state: number;

  /** @param parts what the choices depend on: a seed, a target, the number of an input */
  constructor(...parts: readonly (string | number)[]) {
    let hash = 0x811c9dc5;
    for (const letter of parts.join('/')) hash = Math.imul(hash ^ (letter.codePointAt(0) as number), 0x01000193);
    this.#state = hash >>> 0;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    // mulberry32
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  /** One of some things. */
  pick<T>(things: ArrayLike<T>): T {
    return things[this.below(things.length)] as T;
  }

  /** A count that is mostly small and sometimes as large as `most`. */
  count(most: number): number {
    const bits = this.below(Math.ceil(Math.log2(most + 1)) + 1);
    return Math.min(most, this.below(2 ** bits) + 1);
  }

  /** A stretch of something of a length: mostly short, sometimes all of it. */
  stretch(length: number): { readonly from: number; readonly to: number } {
    const size = Math.min(length, this.once(16) ? this.below(length + 1) : this.count(Math.max(1, length >> 2)));
    const from = this.below(length - size + 1);
    return { from, to: from + size };
  }
}
