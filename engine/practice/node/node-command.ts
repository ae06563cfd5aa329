import type { Emulated } from './emulated.ts';
import type { Outlet, Pipe } from './pipe.ts';

/** What a command waits for: text from the command before it, a time, or anything that happens until it is interrupted. */
export type Wait = 'input' | 'time' | 'interrupt';

/** A command at work. It gives way when it must wait, and ends with an exit code. */
export type Running = Generator<Wait, number, void>;

/** A command of the emulated node. */
export interface NodeCommand {
  readonly name: string;
  /** How it is used, without its name; for `help`. */
  readonly usage: string;
  readonly about: string;
  /** One that never waits answers its exit code at once. */
  run(io: CommandIo): number | Running;
  /** Words that may stand where the last of `words` is being typed; files where it names none. */
  complete?(words: readonly string[], node: Emulated): readonly string[];
}

/** What a command works with. */
export interface CommandIo {
  readonly node: Emulated;
  /** Its name as typed. */
  readonly name: string;
  readonly args: readonly string[];
  readonly input: Pipe;
  readonly output: Outlet;
  readonly error: Outlet;
  /** It writes to the terminal and not to a file or a pipe. */
  readonly isTerminal: boolean;
  /** Runs another command with the same streams: `sudo`, `watch`. */
  start(words: readonly string[]): number | Running;
}

/** The next line of the input; undefined at its end. */
export function* nextLine({ input }: Pick<CommandIo, 'input'>): Generator<Wait, string | undefined, void> {
  for (;;) {
    const line = input.line();
    if (line !== undefined || input.isClosed) return line;
    yield 'input';
  }
}

/** All of the input. */
export function* wholeInput({ input }: Pick<CommandIo, 'input'>): Generator<Wait, string, void> {
  while (!input.isClosed) yield 'input';
  return input.take();
}

/** A line with the name of the command before it, on the error stream; answers the exit code for it. */
export function complain({ name, error }: Pick<CommandIo, 'name' | 'error'>, message: string, code = 1): number {
  error.write(`${name}: ${message}\n`);
  return code;
}
