import type { ByteString } from '../model/byte-string.ts';
import { compilePattern, type Step } from './pattern-program.ts';

const NEWLINE = 10;

/**
 * A pattern to look for inside a text, as the keys of `container.mount[...]` are: a regular expression, each line of the
 * text with a start and an end of its own. All ways are followed at once, so the time is bounded by the text's length
 * times the pattern's. A pattern that can't be read is found nowhere, and so is a match of nothing.
 */
export class SearchPattern {
  readonly #steps: readonly Step[];
  /** For each step the position at which it was last added, so that it is added once. */
  readonly #addedAt: Int32Array;

  constructor(pattern: string) {
    this.#steps = compilePattern(pattern) ?? [];
    this.#addedAt = new Int32Array(this.#steps.length);
  }

  /** True when some part of the text, one byte or more, matches. */
  isIn(text: ByteString): boolean {
    if (this.#steps.length === 0) return false;
    let current: number[] = [];
    this.#addedAt.fill(-1);
    for (let at = 0; at < text.length; at++) {
      // The beginning of a new match has taken nothing yet: its end may not be reached here.
      this.#add(0, text, at, current);
      const byte = text.charCodeAt(at);
      const next: number[] = [];
      for (const step of current) {
        const { set } = this.#steps[step] as Extract<Step, { kind: 'bytes' }>;
        if (set[byte] === 1 && this.#add(step + 1, text, at + 1, next)) return true;
      }
      current = next;
    }
    return false;
  }

  /** Adds a step and all that follow from it without taking a byte; true when the end of the pattern is among them. */
  #add(first: number, text: ByteString, at: number, to: number[]): boolean {
    const open = [first];
    let isEnd = false;
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (this.#addedAt[index] === at) continue;
      this.#addedAt[index] = at;
      const step = this.#steps[index] as Step;
      if (step.kind === 'bytes') to.push(index);
      else if (step.kind === 'fork') open.push(step.or, step.to);
      else if (step.kind === 'match') isEnd = true;
      else if (holds(step.kind, text, at)) open.push(index + 1);
    }
    return isEnd;
  }
}

function holds(kind: 'lineStart' | 'lineEnd', text: ByteString, at: number): boolean {
  const beside = kind === 'lineStart' ? at - 1 : at;
  return beside < 0 || beside === text.length || text.charCodeAt(beside) === NEWLINE;
}
