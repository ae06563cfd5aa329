type Numbers =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

/** An array of numbers of one kind, by its length. */
export type Kind<Values extends Numbers> = new (length: number) => Values;

/** Numbers that grow at their end, without a box for each. */
export class GrowingNumbers<Values extends Numbers> {
  #values: Values;
  #length = 0;

  constructor(kind: Kind<Values>) {
    this.#values = new kind(64);
  }

  /** How many there are. */
  get length(): number {
    return this.#length;
  }

  /** What they take in memory. */
  get heldBytes(): number {
    return this.#values.byteLength;
  }

  /** Adds a number and gives its place. */
  push(value: number): number {
    if (this.#length === this.#values.length) {
      const larger = new (this.#values.constructor as Kind<Values>)(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length] = value;
    return this.#length++;
  }

  /** The numbers so far, a copy. */
  get values(): Values {
    return this.#values.slice(0, this.#length) as Values;
  }

  /** The same numbers in an array of another kind, which can hold them. */
  as<Others extends Numbers>(kind: Kind<Others>): GrowingNumbers<Others> {
    const others = new GrowingNumbers(kind);
    others.#values = new kind(this.#values.length);
    others.#values.set(this.#values);
    others.#length = this.#length;
    return others;
  }
}
