import { MAX_FOUND_CHARS } from '../../engine/model/limits.ts';
import { Refusal } from './problem.ts';

/** JSON objects that a run found and that were not sent yet. */
export class FoundLines {
  #lines: string[] = [];
  #chars = 0;

  /** Adds one; refuses when more wait than memory should hold. */
  add(line: string): void {
    this.#chars += line.length;
    if (this.#chars > MAX_FOUND_CHARS) {
      throw new Refusal('ANSWER_TOO_LARGE', 'more is found at once than can be held', {
        hint: 'play the scenario into a trace with /v1/simulate and send that, or ask narrower questions',
      });
    }
    this.#lines.push(line);
  }

  /** Takes all that wait. */
  take(): readonly string[] {
    const lines = this.#lines;
    this.#lines = [];
    this.#chars = 0;
    return lines;
  }
}
