import { MAX_MOUNT_KEY_BYTES, MAX_MOUNT_KEY_STEPS } from '../model/limits.ts';

/**
 * One step of a compiled pattern: `bytes` takes one byte of a set and goes on to the next step, `fork` goes both ways,
 * `lineStart` and `lineEnd` take nothing, `match` ends.
 */
export type Step =
  | { readonly kind: 'bytes'; readonly set: Uint8Array }
  | { readonly kind: 'fork'; to: number; or: number }
  | { readonly kind: 'lineStart' | 'lineEnd' | 'match' };

const NEWLINE = 10;

/** Compiles the usual regular expressions (`. [] () | * + ? {n,m} ^ $ \d \w \s`); undefined when it can't. */
export function compilePattern(pattern: string): readonly Step[] | undefined {
  if (pattern.length > MAX_MOUNT_KEY_BYTES) return undefined;
  const compiler = new Compiler(pattern);
  return compiler.compile() ? compiler.steps : undefined;
}

class Compiler {
  steps: Step[] = [];
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  compile(): boolean {
    const isWhole = this.#alternatives() && this.#at === this.#pattern.length;
    this.steps.push({ kind: 'match' });
    return isWhole && this.steps.length <= MAX_MOUNT_KEY_STEPS;
  }

  #alternatives(): boolean {
    const start = this.steps.length;
    if (!this.#sequence()) return false;
    while (this.#take('|')) {
      const before = this.steps.splice(start);
      const fork: Step = { kind: 'fork', to: start + 1, or: start + before.length + 2 };
      const skip = { kind: 'fork' as const, to: 0, or: 0 };
      this.steps.push(fork, ...moved(before, start, 1), skip);
      if (!this.#sequence()) return false;
      skip.to = skip.or = this.steps.length;
    }
    return true;
  }

  #sequence(): boolean {
    while (this.#at < this.#pattern.length && this.#peek() !== '|' && this.#peek() !== ')') {
      const start = this.steps.length;
      if (!this.#atom() || !this.#repetitions(start) || this.steps.length > MAX_MOUNT_KEY_STEPS) return false;
    }
    return true;
  }

  #atom(): boolean {
    const character = this.#pattern[this.#at++] as string;
    if (character === '(') {
      if (this.#pattern.startsWith('?:', this.#at)) this.#at += 2;
      return this.#alternatives() && this.#take(')');
    }
    if (character === '[') return this.#pushSet(bracketSet(this.#pattern, this.#at));
    if (character === '^') return this.steps.push({ kind: 'lineStart' }) > 0;
    if (character === '$') return this.steps.push({ kind: 'lineEnd' }) > 0;
    if ('*+?{'.includes(character)) return false;
    if (character === '\\' && this.#at === this.#pattern.length) return false;
    const set =
      character === '.'
        ? setOf((byte) => byte !== NEWLINE)
        : character === '\\'
          ? escapedSet(this.#pattern[this.#at++] as string)
          : only(character.charCodeAt(0));
    return this.steps.push({ kind: 'bytes', set }) > 0;
  }

  #pushSet(bracket: { set: Uint8Array; end: number } | undefined): boolean {
    if (bracket === undefined) return false;
    this.#at = bracket.end;
    return this.steps.push({ kind: 'bytes', set: bracket.set }) > 0;
  }

  #repetitions(start: number): boolean {
    for (;;) {
      const bounds = this.#bounds();
      if (bounds === undefined) return true;
      if (!this.#repeat(start, bounds[0], bounds[1])) return false;
      // A lazy repetition finds the same texts.
      this.#take('?');
    }
  }

  #bounds(): [number, number] | undefined {
    if (this.#take('*')) return [0, Infinity];
    if (this.#take('+')) return [1, Infinity];
    if (this.#take('?')) return [0, 1];
    const counted = /^\{([0-9]{1,4})(,([0-9]{0,4}))?\}/.exec(this.#pattern.slice(this.#at, this.#at + 16));
    if (counted === null) return undefined;
    this.#at += counted[0].length;
    const least = Number(counted[1]);
    return [least, counted[2] === undefined ? least : counted[3] === '' ? Infinity : Number(counted[3])];
  }

  /** Writes what was compiled since `start` out `least` times, and then as often as it may come. */
  #repeat(start: number, least: number, most: number): boolean {
    const body = this.steps.splice(start);
    const copies = most === Infinity ? least + 1 : most;
    if (copies * (body.length + 1) > MAX_MOUNT_KEY_STEPS) return false;
    for (let copy = 0; copy < copies; copy++) {
      const isOptional = copy >= least;
      const at = this.steps.length;
      if (isOptional)
        this.steps.push({ kind: 'fork', to: at + 1, or: at + 1 + body.length + (most === Infinity ? 1 : 0) });
      this.steps.push(...moved(body, start, this.steps.length - start));
      if (isOptional && most === Infinity) this.steps.push({ kind: 'fork', to: at, or: at });
    }
    return true;
  }

  #peek(): string | undefined {
    return this.#pattern[this.#at];
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }
}

/** Copies of steps that lay from `start` on, `by` places further. */
function moved(steps: readonly Step[], start: number, by: number): Step[] {
  return steps.map((step) =>
    step.kind === 'fork' && step.to >= start ? { kind: 'fork', to: step.to + by, or: step.or + by } : step,
  );
}

/** Sets of one byte: patterns are mostly made of these, and nobody changes them. */
const SINGLE: (Uint8Array | undefined)[] = [];

function only(byte: number): Uint8Array {
  return (SINGLE[byte] ??= Uint8Array.of(...Array.from({ length: 256 }, (_, other) => (other === byte ? 1 : 0))));
}

function setOf(holds: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (holds(byte) ? 1 : 0));
}

const CLASSES: Readonly<Record<string, RegExp>> = { d: /[0-9]/, w: /[0-9A-Za-z_]/, s: /[ \t\n\v\f\r]/ };
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v' };

function escapedSet(character: string): Uint8Array {
  const holds = CLASSES[character.toLowerCase()];
  if (holds === undefined) {
    return only((CONTROLS[character] ?? character).charCodeAt(0));
  }
  const isNegated = character < 'a';
  return setOf((byte) => holds.test(String.fromCharCode(byte)) !== isNegated);
}

/** Reads `[...]` from behind its opening bracket. */
function bracketSet(pattern: string, start: number): { set: Uint8Array; end: number } | undefined {
  const isNegated = pattern[start] === '^';
  const set = new Uint8Array(256);
  let at = isNegated ? start + 1 : start;
  for (let first = true; first || pattern[at] !== ']'; first = false) {
    if (at >= pattern.length) return undefined;
    if (pattern[at] === '\\' && at + 1 < pattern.length) {
      escapedSet(pattern[at + 1] as string).forEach((holds, byte) => (set[byte] = (set[byte] as number) | holds));
      at += 2;
      continue;
    }
    const low = pattern.charCodeAt(at++);
    const isRange = pattern[at] === '-' && at + 1 < pattern.length && pattern[at + 1] !== ']';
    set.fill(1, low, (isRange ? pattern.charCodeAt(at + 1) : low) + 1);
    if (isRange) at += 2;
  }
  return { set: isNegated ? set.map((holds) => 1 - holds) : set, end: at + 1 };
}
