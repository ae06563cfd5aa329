import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process that is asked by lines and answers each with a line. */
export class LineProcess {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  readonly #waiting: ((line: string | undefined) => void)[] = [];
  #hasEnded = false;

  /** @param onError gets what it says on its standard error */
  constructor(program: string, words: readonly string[], onError: (text: string) => void) {
    this.#child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'], env: { PATH: process.env['PATH'] } });
    this.#child.stderr?.on('data', (bytes: Buffer) => onError(bytes.toString()));
    this.#child.stdin?.on('error', () => {});
    createInterface({ input: this.#child.stdout as NonNullable<ChildProcess['stdout']> })
      .on('line', (line) => {
        const next = this.#waiting.shift();
        if (next === undefined) this.#lines.push(line);
        else next(line);
      })
      .on('close', () => {
        this.#hasEnded = true;
        for (const next of this.#waiting.splice(0)) next(undefined);
      });
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  /** Its next line; undefined when it ended. */
  line(): Promise<string | undefined> {
    const line = this.#lines.shift();
    if (line !== undefined || this.#hasEnded) return Promise.resolve(line);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Says a line, and waits for the answer. */
  ask(line: string): Promise<string | undefined> {
    this.#child.stdin?.write(`${line}\n`);
    return this.line();
  }

  /** Ends it by closing its input, or by force. */
  async end(signal?: NodeJS.Signals): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return;
    const ended = new Promise<void>((resolve) => this.#child.once('close', () => resolve()));
    if (signal === undefined) this.#child.stdin?.end();
    else this.#child.kill(signal);
    await ended;
  }
}
