import { MAX_NODE_ADVANCE_MS, MAX_NODE_LINE_CHARS, MAX_NODE_OUTPUT_CHARS } from '../../model/practice-limits.ts';
import type { MachineFiles } from '../task.ts';
import { completions } from './completion.ts';
import type { Emulated } from './emulated.ts';
import type { NodeMachine } from './node-machine.ts';
import type { Running, Wait } from './node-command.ts';
import { openNode, savedFiles } from './node-state.ts';
import { isProblem, parseLine } from './parse-line.ts';
import { Ink, TooMuch, type Outlet } from './pipe.ts';
import { Shell } from './shell.ts';

/** A node hears of its events so often, in milliseconds of its own time. */
const TICK_MS = 100;
/** Time that a command of a script takes beside what it waits for. */
const SCRIPT_PAUSE_MS = 1_000;
/** Exit codes of a shell. */
const BAD_LINE = 2;
const INTERRUPTED = 130;
const KILLED = 137;

/** What came of a line, or of time that passed. */
export interface NodeAnswer {
  /** What the terminal shows, in order; lines end with `\n`. Empty where there is nothing to show. */
  readonly output: string;
  /**
   * Exit code of the line; undefined while it still runs, or where none runs. While `session.isBusy`, a command holds the
   * terminal: let time pass, or interrupt it.
   */
  readonly code: number | undefined;
  /** A file that an editor is asked for: show it, then `session.write(path, text)`. */
  readonly edit: { readonly path: string; readonly text: string } | undefined;
}

/**
 * A terminal on an emulated node: lines in, text out, a clock that only `advance` moves. The same lines at the same times
 * give the same text, byte for byte; nothing in it reads a clock or waits.
 *
 * A page or a command line uses it so: `run` what was typed; call `advance` with the time that passed (times a factor,
 * for a faster node) some ten times a second, and show what it gives, also while nothing is typed; keep `files()` to go
 * on later with `PracticeRange.node(task, files)`, and hand them to `PracticeRange.grade(task, files)`.
 */
export class NodeSession {
  readonly #node: Emulated;
  readonly #ink = new Ink();
  readonly #terminal = new Terminal(this.#ink);
  /** The line that holds the terminal. */
  #job: { readonly work: Running; readonly line: string; readonly began: bigint; wait: Wait } | undefined;

  /**
   * @param files of the machine as the task begins, or as `files()` gave them
   * @param service whether Falco runs in the beginning
   */
  constructor(machine: NodeMachine, files: MachineFiles, service: 'running' | 'stopped' = 'running') {
    this.#node = openNode(machine, files, service);
  }

  /** What stands before a line that is typed: `root@worker-1:~# `. */
  get prompt(): string {
    const { hostname, cwd } = this.#node;
    const place = cwd === '/root' ? '~' : cwd.startsWith('/root/') ? `~${cwd.slice(5)}` : cwd;
    return `root@${hostname}:${place}# `;
  }

  /** The time on the node, in milliseconds since the epoch. */
  get clock(): number {
    return Number(this.#node.now / 1_000_000n);
  }

  /** A command holds the terminal; lines that are run meanwhile are not heard. */
  get isBusy(): boolean {
    return this.#job !== undefined;
  }

  /** Lines that were typed before, the oldest first: what the arrow keys go through. */
  get history(): readonly string[] {
    return this.#node.typed.map(({ line }) => line);
  }

  /** Whether a line goes on on the next one: a quote is open, or the text behind a `<<`. Then ask for more and join with `\n`. */
  isOpen(line: string): boolean {
    const parsed = parseLine(line.slice(0, MAX_NODE_LINE_CHARS));
    return isProblem(parsed) && parsed.isOpen;
  }

  /** Runs a line. It takes no time by itself; a command that waits goes on with `advance`. */
  run(line: string): NodeAnswer {
    if (this.#job !== undefined || line.trim() === '') return this.#answer(undefined);
    const parsed = line.length > MAX_NODE_LINE_CHARS ? TOO_LONG : parseLine(line);
    const began = this.#node.now;
    if (isProblem(parsed)) {
      this.#terminal.write(`bash: ${parsed.message}\n`);
      this.#node.lastCode = BAD_LINE;
      this.#node.note(line, BAD_LINE, began);
      return this.#answer(BAD_LINE);
    }
    const work = new Shell(this.#node, this.#ink).run(parsed, {
      output: this.#terminal,
      error: this.#terminal,
      isTerminal: true,
    });
    this.#job = { work, line, began, wait: 'time' };
    return this.#answer(this.#work());
  }

  /** Lets time pass on the node, an hour at most. */
  advance(ms: number): NodeAnswer {
    let left = Math.min(Math.max(0, Number.isFinite(ms) ? ms : 0), MAX_NODE_ADVANCE_MS);
    let code: number | undefined;
    while (left > 0) {
      const step = Math.min(left, TICK_MS);
      left -= step;
      this.#node.tick(step);
      code = this.#work() ?? code;
    }
    return this.#answer(code);
  }

  /** Ctrl-C: ends the command that holds the terminal. */
  interrupt(): NodeAnswer {
    const job = this.#job;
    if (job === undefined) return this.#answer(undefined);
    this.#terminal.tell('^C\n');
    job.work.return(INTERRUPTED);
    this.#end(job, INTERRUPTED);
    return this.#answer(INTERRUPTED);
  }

  /**
   * Runs a line as a script does: to its end, however much time that takes on the node, and a second more for whoever
   * types it. What would never end is interrupted once the story has happened again.
   */
  runToEnd(line: string): NodeAnswer {
    let { output, code, edit } = this.run(line);
    for (let passed = 0; this.#job !== undefined; passed += SCRIPT_PAUSE_MS) {
      const most = this.#job.wait === 'interrupt' ? this.#longestWatch() : MAX_NODE_ADVANCE_MS + SCRIPT_PAUSE_MS;
      const more = passed > most ? this.interrupt() : this.advance(SCRIPT_PAUSE_MS);
      output += more.output;
      code = more.code ?? code;
      edit = more.edit ?? edit;
    }
    output += this.advance(SCRIPT_PAUSE_MS).output;
    return { output: output.slice(0, 2 * MAX_NODE_OUTPUT_CHARS), code, edit };
  }

  /** Writes a file as an editor does; answers what stands in the way, in the words of Linux. */
  write(path: string, text: string): string | undefined {
    return this.#node.files.write(this.#node.resolve(path), text);
  }

  /** Removes a file; false where there is none. */
  remove(path: string): boolean {
    return this.#node.files.remove(this.#node.resolve(path));
  }

  /**
   * What the last word of a line could become. Put one of them in the place of what stands from `from` on; each ends with
   * a blank where the word is whole, with `/` where it goes on.
   */
  complete(line: string): { readonly from: number; readonly words: readonly string[] } {
    return completions(line, this.#node);
  }

  /** All files of the node, with its state in one of them (`NODE_PATH`) and its cluster in another: saved, and handed in. */
  files(): Map<string, string> {
    return savedFiles(this.#node);
  }

  /** How long a script looks at what has no end, in milliseconds: until the story has happened once more. */
  #longestWatch(): number {
    const { period, tape } = this.#node.machine;
    return Number((period ?? tape.length) / 1_000_000n);
  }

  /** Goes on with what holds the terminal; its exit code once it ends. */
  #work(): number | undefined {
    const job = this.#job;
    if (job === undefined) return undefined;
    this.#ink.fill();
    try {
      const step = job.work.next();
      if (step.done === true) return this.#end(job, step.value);
      job.wait = step.value;
      return undefined;
    } catch (error) {
      if (!(error instanceof TooMuch)) throw error;
      this.#ink.fill();
      this.#terminal.tell('Killed: it writes too much\n');
      return this.#end(job, KILLED);
    }
  }

  #end({ line, began }: { readonly line: string; readonly began: bigint }, code: number): number {
    this.#job = undefined;
    this.#node.lastCode = code;
    this.#node.note(line, code, began);
    return code;
  }

  #answer(code: number | undefined): NodeAnswer {
    const path = this.#node.toEdit;
    this.#node.toEdit = undefined;
    const edit = path === undefined ? undefined : { path, text: this.#node.files.read(path) ?? '' };
    return { output: this.#terminal.take(), code, edit };
  }
}

const TOO_LONG = { message: 'the line is too long', isOpen: false };

/** What commands write that write to no file and no pipe. */
class Terminal implements Outlet {
  readonly isBroken = false;
  readonly #ink: Ink;
  #text = '';

  constructor(ink: Ink) {
    this.#ink = ink;
  }

  write(text: string): void {
    this.#ink.use(text.length);
    if (this.#text.length >= MAX_NODE_OUTPUT_CHARS) return;
    this.#text += text;
    if (this.#text.length >= MAX_NODE_OUTPUT_CHARS)
      this.#text = `${this.#text.slice(0, MAX_NODE_OUTPUT_CHARS)}\n[cut off]\n`;
  }

  /** What the shell itself says, which is short and has always room. */
  tell(text: string): void {
    this.#text += text;
  }

  take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }
}
