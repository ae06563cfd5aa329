import { MAX_NODE_OUTPUT_CHARS, MAX_NODE_WRITTEN_CHARS } from '../../model/practice-limits.ts';

/** Where a command writes to. */
export interface Outlet {
  write(text: string): void;
  /** Nobody reads any more: whoever writes may stop. */
  readonly isBroken: boolean;
}

/** A line writes more than any line needs: it is killed. */
export class TooMuch extends Error {}

/** How much the commands of a line may still write, all together, until time passes. */
export class Ink {
  #left = MAX_NODE_WRITTEN_CHARS;

  /** Throws `TooMuch` where it is used up. */
  use(chars: number): void {
    this.#left -= chars;
    if (this.#left < 0) throw new TooMuch();
  }

  fill(): void {
    this.#left = MAX_NODE_WRITTEN_CHARS;
  }
}

/** Text on its way from one command to the next. */
export class Pipe implements Outlet {
  readonly #ink: Ink;
  #text = '';
  #at = 0;
  isClosed = false;
  isBroken = false;
  /** How often anything happened to it: whoever waits looks whether it changed. */
  changes = 0;

  constructor(ink: Ink) {
    this.#ink = ink;
  }

  write(text: string): void {
    if (this.isBroken || text === '') return;
    this.#ink.use(text.length);
    const room = MAX_NODE_OUTPUT_CHARS - (this.#text.length - this.#at);
    this.#text += text.slice(0, room);
    this.changes++;
  }

  close(): void {
    this.isClosed = true;
    this.changes++;
  }

  /** Nobody will read any more. */
  break(): void {
    this.isBroken = true;
    this.changes++;
    this.#text = '';
    this.#at = 0;
  }

  /** The next line without its end; undefined while none is whole. What comes last need not end with one. */
  line(): string | undefined {
    const stop = this.#text.indexOf('\n', this.#at);
    if (stop === -1) return this.isClosed && this.#at < this.#text.length ? this.take() : undefined;
    const line = this.#text.slice(this.#at, stop);
    this.#at = stop + 1;
    this.changes++;
    return line;
  }

  /** All that is there now. */
  take(): string {
    this.changes++;
    const text = this.#text.slice(this.#at);
    this.#text = '';
    this.#at = 0;
    return text;
  }
}
