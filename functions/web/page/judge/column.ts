type Numbers =
  | Uint32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>;

/** Numbers that grow at their end, without a box for each. */
export class Column<Values extends Numbers> {
  #values: Values;
  #length = 0;

  constructor(Kind: new (length: number) => Values) {
    this.#values = new Kind(1024);
  }

  /** Adds a number and gives its place. */
  push(value: number): number {
    if (this.#length === this.#values.length) {
      const larger = new (this.#values.constructor as new (length: number) => Values)(this.#length * 2);
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
}
