import { EVENT_TYPES } from '../model/event-types.ts';

const WORDS = Math.ceil(EVENT_TYPES.length / 32);

/** A set of event codes; never changed once it is made. */
export class CodeSet {
  readonly #bits: Uint32Array;
  #codes: ReadonlySet<number> | undefined;

  private constructor(bits: Uint32Array) {
    this.#bits = bits;
  }

  static of(codes: Iterable<number>): CodeSet {
    const bits = new Uint32Array(WORDS);
    for (const code of codes) bits[code >> 5] = (bits[code >> 5] as number) | (1 << (code & 31));
    return new CodeSet(bits);
  }

  /** The codes of both. */
  union(other: CodeSet): CodeSet {
    return this === other || this === ALL || other === NONE
      ? this
      : other === ALL
        ? other
        : this.#combine(other, (a, b) => a | b);
  }

  /** The codes that are in both. */
  intersection(other: CodeSet): CodeSet {
    return this === other || other === ALL || this === NONE
      ? this
      : this === ALL
        ? other
        : this.#combine(other, (a, b) => a & b);
  }

  /** The codes that are not in the set. */
  complement(): CodeSet {
    return this === ALL ? NONE : ALL.#combine(this, (a, b) => a & ~b);
  }

  get size(): number {
    let size = 0;
    for (let bits of this.#bits) for (; bits !== 0; bits &= bits - 1) size++;
    return size;
  }

  /** The codes one by one; the same set every time. */
  toSet(): ReadonlySet<number> {
    if (this.#codes !== undefined) return this.#codes;
    const codes = new Set<number>();
    this.#bits.forEach((word, index) => {
      for (let bits = word; bits !== 0; bits &= bits - 1) codes.add(index * 32 + 31 - Math.clz32(bits & -bits));
    });
    this.#codes = codes;
    return codes;
  }

  #combine(other: CodeSet, combine: (a: number, b: number) => number): CodeSet {
    const bits = new Uint32Array(WORDS);
    for (let i = 0; i < WORDS; i++) bits[i] = combine(this.#bits[i] as number, other.#bits[i] as number);
    return new CodeSet(bits);
  }
}

/** Every event code. */
export const ALL: CodeSet = CodeSet.of(EVENT_TYPES.keys());
/** No event code. */
export const NONE: CodeSet = CodeSet.of([]);
