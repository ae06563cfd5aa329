import { GrowingNumbers } from './growing-numbers.ts';

/** Whole numbers in 1, 2 or 4 bytes each. */
export type Numbers = Uint8Array | Uint16Array | Uint32Array;

type Own = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** Whole numbers below 2^32 that grow as they are added; held no wider than the largest needs. */
export class NumberColumn {
  #numbers: GrowingNumbers<Own> = new GrowingNumbers<Own>(Uint8Array);
  #most = 0xff;
  #isZero = true;

  /** True when there is nothing but zeros. */
  get isZero(): boolean {
    return this.#isZero;
  }

  /** What they take in memory. */
  get heldBytes(): number {
    return this.#numbers.heldBytes;
  }

  push(value: number): void {
    if (value > this.#most) this.#widen(value);
    if (value !== 0) this.#isZero = false;
    this.#numbers.push(value);
  }

  /** What was added, in 1, 2 or 4 bytes each. */
  narrowed(): Numbers {
    return this.#numbers.values;
  }

  #widen(value: number): void {
    const isShort = value <= 0xffff;
    this.#numbers = this.#numbers.as<Own>(isShort ? Uint16Array : Uint32Array);
    this.#most = isShort ? 0xffff : 0xffff_ffff;
  }
}
