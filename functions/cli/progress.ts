import type { Terminal } from './command.ts';

const EVERY_MS = 200;

/**
 * One line on stderr that rewrites itself while a long trace is read; nothing at all when stderr is not a terminal.
 * `total` bytes may be unknown (standard input).
 */
export class Progress {
  readonly #terminal: Terminal;
  readonly #label: string;
  readonly #total: number | undefined;
  readonly #started = performance.now();
  #last = this.#started;
  #shown = false;

  constructor(terminal: Terminal, label: string, total: number | undefined) {
    this.#terminal = terminal;
    this.#label = label;
    this.#total = total;
  }

  /** Tells how far the input is read. Cheap: paints at most five times a second, and only after the first fifth. */
  at(bytes: number, events: number): void {
    if (!this.#terminal.interactive) return;
    const now = performance.now();
    if (now - this.#last < EVERY_MS) return;
    this.#last = now;
    this.#shown = true;
    const share = this.#total === undefined ? '' : ` ${Math.floor((bytes / Math.max(1, this.#total)) * 100)} %`;
    const rate = Math.round(events / ((now - this.#started) / 1000) / 1000);
    this.#terminal.note(`\r\x1b[2K${this.#label}:${share} ${events.toLocaleString('en')} events, ${rate} k/s`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.#shown) this.#terminal.note('\r\x1b[2K');
  }
}
