/** Whole numbers below 2^32 that grow as they are added; stored no wider than the largest needs. */
export class NumberColumn {
  #numbers = new Uint32Array(64);
  #length = 0;
  #largest = 0;

  push(value: number): void {
    if (this.#length === this.#numbers.length) {
      const larger = new Uint32Array(this.#length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length++] = value;
    if (value > this.#largest) this.#largest = value;
  }

  /** What was added, in 1, 2 or 4 bytes each. */
  narrowed(): Numbers {
    const numbers = this.#numbers.subarray(0, this.#length);
    if (this.#largest < 0x100) return Uint8Array.from(numbers);
    return this.#largest < 0x10000 ? Uint16Array.from(numbers) : numbers.slice();
  }
}

/** Whole numbers in 1, 2 or 4 bytes each. */
export type Numbers = Uint8Array | Uint16Array | Uint32Array;
