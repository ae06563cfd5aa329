import type { Random } from './random.ts';
import type { Input } from './target.ts';

/** Inputs that are kept; beyond it a new one takes the place of another. */
const MAX_KEPT = 600;
/** Larger inputs are not worth the time of trying them again and again. */
const MAX_KEPT_LENGTH = 48 * 1024;

/** Words that are remembered. */
const MAX_SEEN = 20_000;

/** Inputs that showed something new: the next ones are made from them. */
export class Pool {
  readonly #kept: Input[] = [];
  readonly #seen = new Map<string, number>();

  get size(): number {
    return this.#kept.length;
  }

  /** One of the inputs, the late ones more often. */
  pick(random: Random): Input {
    const { length } = this.#kept;
    return this.#kept[Math.max(random.below(length), random.below(length))] as Input;
  }

  /** Keeps an input if anything that came of it was seen never or rarely before. */
  add(input: Input, came: Iterable<string>, random: Random): void {
    let isNew = false;
    for (const word of new Set(came)) {
      const count = (this.#seen.get(word) ?? 0) + 1;
      if (this.#seen.size < MAX_SEEN) this.#seen.set(word, count);
      isNew ||= count <= 2;
    }
    if (!isNew || input.length > MAX_KEPT_LENGTH) return;
    const own = ownCopy(input);
    if (this.#kept.length < MAX_KEPT) this.#kept.push(own);
    else this.#kept[random.below(MAX_KEPT)] = own;
  }
}

/** A copy that holds no larger input in memory, of which it may be a piece. */
function ownCopy(input: Input): Input {
  return typeof input === 'string' ? Buffer.from(input, 'utf16le').toString('utf16le') : Uint8Array.from(input);
}
