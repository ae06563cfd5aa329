import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import type { NodeAnswer, NodeSession } from '../../../engine/practice/node/session.ts';
import { EXIT, UnreadableError, type Terminal } from '../command.ts';
import type { NodeDesk } from './node-desk.ts';
import { put } from './start.ts';

/** How often time passes on the node, in milliseconds. */
const TICK_MS = 100;
/** How often the folder is brought up to date while nothing is typed, in milliseconds. */
const KEEP_MS = 2_000;
/** Lines that the arrow keys go back through. */
const HISTORY = 200;

/** A shell for somebody at a terminal: history, completion, Ctrl-C, an editor. Time passes as on a clock, or faster. */
export function nodeTerminal(session: NodeSession, desk: NodeDesk, speed: number, terminal: Terminal): Promise<number> {
  return new Promise((resolve) => new NodeTerminal(session, desk, speed, terminal, () => resolve(EXIT.YES)).begin());
}

class NodeTerminal {
  readonly #session: NodeSession;
  readonly #desk: NodeDesk;
  readonly #speed: number;
  readonly #terminal: Terminal;
  readonly #onEnd: () => void;
  readonly #lines: Interface;
  #clock = Date.now();
  #kept = Date.now();
  /** A line that goes on. */
  #open = '';

  constructor(session: NodeSession, desk: NodeDesk, speed: number, terminal: Terminal, onEnd: () => void) {
    this.#session = session;
    this.#desk = desk;
    this.#speed = speed;
    this.#terminal = terminal;
    this.#onEnd = onEnd;
    this.#lines = createInterface({
      input: terminal.stdin,
      output: process.stdout,
      terminal: true,
      historySize: HISTORY,
      history: session.history.slice(-HISTORY).toReversed(),
      completer: (line: string) => {
        const { from, words } = session.complete(line);
        return [words, line.slice(from)];
      },
    });
  }

  begin(): void {
    const speed = this.#speed === 1 ? '' : `, ${this.#speed} times as fast as elsewhere`;
    this.#terminal.note(`Time passes on this node${speed}. help lists commands, Ctrl-D leaves; all is kept.\n`);
    const timer = setInterval(() => this.#tick(), TICK_MS);
    this.#lines.on('line', (line) => this.#type(line));
    this.#lines.on('SIGINT', () => this.#interrupt());
    this.#lines.on('close', () => {
      clearInterval(timer);
      this.#show(this.#session.interrupt());
      this.#withDesk(() => this.#desk.keep());
      process.stdout.write('\n');
      this.#onEnd();
    });
    this.#prompt();
  }

  #prompt(): void {
    this.#lines.setPrompt(this.#open === '' ? this.#session.prompt : '> ');
    this.#lines.prompt();
  }

  #type(line: string): void {
    if (this.#session.isBusy) return;
    const whole = this.#open === '' ? line : `${this.#open}\n${line}`;
    this.#open = this.#session.isOpen(whole) ? whole : '';
    if (this.#open !== '') return this.#prompt();
    if (/^\s*(?:exit|logout)\s*$/.test(whole)) return this.#lines.close();
    this.#withDesk(() => this.#desk.take());
    this.#show(this.#session.run(whole));
    if (!this.#session.isBusy) this.#ended();
  }

  /** A folder that can't be read or written is told of, and the node goes on. */
  #withDesk(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      this.#terminal.note(`creance: ${error.message}\n`);
    }
  }

  #ended(): void {
    this.#withDesk(() => this.#desk.keep());
    this.#prompt();
  }

  #interrupt(): void {
    this.#open = '';
    if (this.#session.isBusy) {
      this.#show(this.#session.interrupt());
      return this.#ended();
    }
    process.stdout.write('^C\n');
    // What was typed so far is given up, on both sides of the cursor.
    this.#lines.write(null, { ctrl: true, name: 'e' });
    this.#lines.write(null, { ctrl: true, name: 'u' });
    this.#prompt();
  }

  #tick(): void {
    const now = Date.now();
    const wasBusy = this.#session.isBusy;
    this.#show(this.#session.advance((now - this.#clock) * this.#speed));
    this.#clock = now;
    if (wasBusy && !this.#session.isBusy) this.#ended();
    else if (now - this.#kept > KEEP_MS) {
      this.#kept = now;
      this.#withDesk(() => this.#desk.keep());
    }
  }

  #show({ output, edit }: NodeAnswer): void {
    if (output !== '') process.stdout.write(output);
    if (edit !== undefined) this.#edit(edit.path, edit.text);
  }

  #edit(path: string, text: string): void {
    const place = this.#desk.place(path);
    put(place, text);
    const editor = process.env.VISUAL ?? process.env.EDITOR ?? 'vi';
    this.#lines.pause();
    const { status, error } = spawnSync('sh', ['-c', `${editor} "$1"`, 'sh', place], { stdio: 'inherit' });
    this.#lines.resume();
    if (error !== undefined || status !== 0)
      process.stdout.write(`edit: ${editor} ended with ${status ?? 'an error'}; EDITOR names another one\n`);
    const problem = this.#session.write(path, readFileSync(place, 'utf8'));
    if (problem !== undefined) process.stdout.write(`edit: ${path}: ${problem}\n`);
  }
}
