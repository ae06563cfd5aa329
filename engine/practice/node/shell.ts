import { MAX_NODE_COMMANDS, MAX_NODE_LINE_CHARS } from '../../model/practice-limits.ts';
import { isPattern } from '../../suite/file-path.ts';
import type { CommandLine, Pipeline, Redirect, SimpleCommand, Word } from './command-line.ts';
import { COMMANDS } from './commands/table.ts';
import type { Emulated } from './emulated.ts';
import type { CommandIo, Running, Wait } from './node-command.ts';
import { Pipe, type Outlet } from './pipe.ts';
import { nearest } from '../../model/nearest.ts';

/** Exit codes of a shell. */
const NOT_FOUND = 127;
const FAILED = 1;

/** Streams of a line: what its commands use where they say nothing else. */
export interface Streams {
  readonly output: Outlet;
  readonly error: Outlet;
  readonly isTerminal: boolean;
}

/** A command of a pipeline at work. */
interface Stage {
  readonly work: Running;
  readonly input: Pipe;
  readonly output: Pipe | undefined;
  isDone: boolean;
  code: number;
}

/** Runs lines on a node. Each run may start so many commands and no more. */
export class Shell {
  readonly #node: Emulated;
  #left = MAX_NODE_COMMANDS;

  constructor(node: Emulated) {
    this.#node = node;
  }

  /** Runs a line; answers the exit code of its last command. */
  *run(line: CommandLine, streams: Streams): Running {
    const node = this.#node;
    for (const { when, commands } of line) {
      const isWanted = when === 'always' || (when === 'success') === (node.lastCode === 0);
      if (isWanted) node.lastCode = yield* this.#pipeline(commands, streams);
    }
    return node.lastCode;
  }

  *#pipeline(commands: Pipeline['commands'], streams: Streams): Running {
    const stages: Stage[] = [];
    let input = new Pipe();
    input.close();
    for (const [number, command] of commands.entries()) {
      const output = number === commands.length - 1 ? undefined : new Pipe();
      const to: Streams = output === undefined ? streams : { ...streams, output, isTerminal: false };
      stages.push({ work: this.#command(command, input, to), input, output, isDone: false, code: FAILED });
      if (output !== undefined) input = output;
    }
    try {
      for (;;) {
        const wait = turn(stages);
        if (wait === undefined) return stages.at(-1)?.code ?? 0;
        yield wait;
      }
    } finally {
      for (const { isDone, work } of stages) if (!isDone) work.return(FAILED);
    }
  }

  *#command({ words, redirects }: SimpleCommand, input: Pipe, streams: Streams): Running {
    if (this.#left-- <= 0) {
      streams.error.write('bash: too many commands in one line\n');
      return FAILED;
    }
    const args: string[] = [];
    for (const word of words) args.push(...(yield* this.#expanded(word)));
    const plugged = yield* this.#redirected(redirects, { ...streams, input });
    if (typeof plugged === 'string') {
      streams.error.write(`bash: ${plugged}\n`);
      return FAILED;
    }
    return yield* this.#start(args, plugged);
  }

  *#start(args: readonly string[], streams: Streams & { readonly input: Pipe }): Running {
    const [name, ...rest] = args;
    if (name === undefined) return 0;
    const command = COMMANDS.get(name.replace(/^\/(?:usr\/)?s?bin\//, ''));
    if (command === undefined) {
      const near = nearest(name, COMMANDS.keys());
      const hint = near === undefined ? 'help lists what there is' : `did you mean ${near}?`;
      streams.error.write(`${name}: command not found; ${hint}\n`);
      return NOT_FOUND;
    }
    const io: CommandIo = {
      ...streams,
      node: this.#node,
      name,
      args: rest,
      start: (words) => this.#start(words, streams),
    };
    const ended = command.run(io);
    return typeof ended === 'number' ? ended : yield* ended;
  }

  /** A word as those that it becomes: variables, `$(...)`, patterns of paths. */
  *#expanded(word: Word): Generator<Wait, string[], void> {
    const words: { text: string; pattern: string; isQuoted: boolean }[] = [{ text: '', pattern: '', isQuoted: false }];
    for (const part of word) {
      const last = words.at(-1) as (typeof words)[number];
      const text = part.kind === 'text' ? part.text : yield* this.#value(part);
      if (part.quoted) {
        last.isQuoted = true;
        last.text += text;
        // What is quoted means itself, so a pattern in it is none.
        last.pattern += text.replaceAll(/[*?{]/g, '\0');
      } else if (part.kind === 'text') {
        last.text += text;
        last.pattern += text;
      } else addSplit(words, text);
    }
    const whole = words.filter(({ text, isQuoted }) => text !== '' || isQuoted);
    return whole
      .flatMap(({ text, pattern }) => this.#globbed(text, pattern))
      .map((one) => one.slice(0, MAX_NODE_LINE_CHARS));
  }

  *#value(part: Exclude<Word[number], { kind: 'text' }>): Generator<Wait, string, void> {
    if (part.kind === 'variable') return this.#variable(part.name);
    const output = new Pipe();
    const error: Outlet = { write: (text) => output.write(text), isBroken: false };
    yield* this.run(part.line, { output, error, isTerminal: false });
    return output.take().replace(/\n+$/, '');
  }

  #variable(name: string): string {
    const { lastCode, cwd, hostname } = this.#node;
    const known: Record<string, string> = {
      '?': String(lastCode),
      PWD: cwd,
      HOME: '/root',
      USER: 'root',
      HOSTNAME: hostname,
    };
    return Object.hasOwn(known, name) ? (known[name] as string) : '';
  }

  #globbed(text: string, pattern: string): string[] {
    if (!isPattern(pattern) || /^[-{]/.test(pattern)) return [text];
    const isAbsolute = pattern.startsWith('/');
    const found = this.#node.files.fitting(this.#node.resolve(pattern));
    if (found.length === 0) return [text];
    const from = this.#node.cwd === '/' ? '/' : `${this.#node.cwd}/`;
    return isAbsolute ? found : found.map((path) => (path.startsWith(from) ? path.slice(from.length) : path));
  }

  *#redirected(
    redirects: readonly Redirect[],
    streams: Streams & { readonly input: Pipe },
  ): Generator<Wait, (Streams & { readonly input: Pipe }) | string, void> {
    let { input, output, error, isTerminal } = streams;
    for (const one of redirects) {
      if (one.kind === 'merge') {
        if (one.stream === 'error') error = output;
        else output = error;
        continue;
      }
      const [text = ''] = one.kind === 'here' ? [yield* this.#joined(one.text)] : yield* this.#expanded(one.target);
      if (one.kind === 'here' || one.kind === 'read') {
        const read = one.kind === 'here' ? text : this.#node.files.read(this.#node.resolve(text));
        if (read === undefined) return `${text}: No such file or directory`;
        input = new Pipe();
        input.write(read);
        input.close();
        continue;
      }
      const outlet = this.#toFile(text, one.kind === 'append');
      if (typeof outlet === 'string') return outlet;
      if (one.streams !== 'error') [output, isTerminal] = [outlet, false];
      if (one.streams !== 'out') error = outlet;
    }
    return { input, output, error, isTerminal };
  }

  /** A word that is not split: the text behind `<<`. */
  *#joined(word: Word): Generator<Wait, string, void> {
    let whole = '';
    for (const part of word) whole += part.kind === 'text' ? part.text : yield* this.#value(part);
    return whole;
  }

  #toFile(name: string, appends: boolean): Outlet | string {
    if (name === '/dev/null') return { write: () => {}, isBroken: false };
    const { files } = this.#node;
    const path = this.#node.resolve(name);
    const problem = appends ? files.append(path, '') : files.write(path, '');
    if (problem !== undefined) return `${name}: ${problem}`;
    return { write: (text) => void files.append(path, text), isBroken: false };
  }
}

/** Lets each stage work as far as it can. Undefined when all have ended. */
function turn(stages: readonly Stage[]): Wait | undefined {
  for (;;) {
    let waits: Wait | undefined;
    let hasMoved = false;
    for (const stage of stages) {
      if (stage.isDone) continue;
      const before = changesOf(stage);
      const step = stage.work.next();
      if (step.done === true) {
        stage.isDone = true;
        stage.code = step.value;
        stage.output?.close();
        stage.input.break();
        hasMoved = true;
      } else if (waits !== 'time') waits = step.value;
      if (changesOf(stage) !== before) hasMoved = true;
    }
    if (stages.every(({ isDone }) => isDone)) return undefined;
    if (!hasMoved) return waits;
  }
}

function changesOf({ input, output }: Stage): number {
  return input.changes + (output?.changes ?? 0);
}

/** What was expanded without quotes is cut at its blanks. */
function addSplit(words: { text: string; pattern: string; isQuoted: boolean }[], text: string): void {
  for (const [number, piece] of text.split(/[ \t\n]+/).entries()) {
    if (number > 0) words.push({ text: '', pattern: '', isQuoted: false });
    const last = words.at(-1) as (typeof words)[number];
    last.text += piece;
    last.pattern += piece;
  }
}
