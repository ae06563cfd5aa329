import { MAX_NODE_COMMANDS, MAX_NODE_LINE_CHARS, MAX_NODE_WORDS } from '../../model/practice-limits.ts';
import { isPattern } from '../../suite/file-path.ts';
import type { CommandLine, Pipeline, Redirect, SimpleCommand, Word } from './command-line.ts';
import { COMMANDS } from './commands/table.ts';
import type { Emulated } from './emulated.ts';
import type { CommandIo, Running, Wait } from './node-command.ts';
import { Pipe, type Ink, type Outlet } from './pipe.ts';
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

/** A word while it is expanded. */
interface ExpandedWord {
  text: string;
  /** The text as a pattern of paths, without what was quoted. */
  pattern: string;
  isQuoted: boolean;
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
  readonly #ink: Ink;
  /** Where `$(...)` complains. */
  #error: Outlet | undefined;
  #left = MAX_NODE_COMMANDS;

  /** @param ink what its commands may write */
  constructor(node: Emulated, ink: Ink) {
    this.#node = node;
    this.#ink = ink;
  }

  /** Runs a line; answers the exit code of its last command. */
  *run(line: CommandLine, streams: Streams): Running {
    const node = this.#node;
    this.#error ??= streams.error;
    for (const { when, commands } of line) {
      const isWanted = when === 'always' || (when === 'success') === (node.lastCode === 0);
      if (isWanted) node.lastCode = yield* this.#pipeline(commands, streams);
    }
    return node.lastCode;
  }

  *#pipeline(commands: Pipeline['commands'], streams: Streams): Running {
    const stages: Stage[] = [];
    let input = new Pipe(this.#ink);
    input.close();
    for (const [number, command] of commands.entries()) {
      const output = number === commands.length - 1 ? undefined : new Pipe(this.#ink);
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
    const args: string[] = [];
    for (const word of words) {
      args.push(...(yield* this.#expanded(word)));
      if (args.length <= MAX_NODE_WORDS) continue;
      streams.error.write('bash: Argument list too long\n');
      return FAILED;
    }
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
    if (this.#left-- <= 0) {
      streams.error.write('bash: too many commands in one line\n');
      return FAILED;
    }
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
    const words: ExpandedWord[] = [{ text: '', pattern: '', isQuoted: false }];
    const [first] = word;
    if (first?.kind === 'text' && !first.quoted && /^~(?:\/|$)/.test(first.text)) {
      const home = { text: '/root', quoted: false, kind: 'text' } as const;
      return yield* this.#expanded([home, { ...first, text: first.text.slice(1) }, ...word.slice(1)]);
    }
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
    const output = new Pipe(this.#ink);
    yield* this.run(part.line, { output, error: this.#error ?? output, isTerminal: false });
    const text = output.take();
    let end = text.length;
    while (end > 0 && text[end - 1] === '\n') end--;
    return text.slice(0, end);
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
        input = new Pipe(this.#ink);
        input.write(read);
        input.close();
        continue;
      }
      const outlet = this.#toFile(text, one.kind === 'append', error);
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

  #toFile(name: string, appends: boolean, error: Outlet): Outlet | string {
    if (name === '/dev/null') return { write: () => {}, isBroken: false };
    const { files } = this.#node;
    const path = this.#node.resolve(name);
    const problem = appends ? files.append(path, '') : files.write(path, '');
    if (problem !== undefined) return `${name}: ${problem}`;
    const ink = this.#ink;
    let hasFailed = false;
    return {
      write(text) {
        ink.use(text.length);
        const full = text === '' || hasFailed ? undefined : files.append(path, text);
        if (full === undefined) return;
        hasFailed = true;
        error.write(`bash: ${name}: write error: ${full}\n`);
      },
      isBroken: false,
    };
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
      } else waits = longer(waits, step.value);
      if (changesOf(stage) !== before) hasMoved = true;
    }
    if (stages.every(({ isDone }) => isDone)) return undefined;
    if (!hasMoved) return waits;
  }
}

/** What ends by itself is waited for first. */
function longer(one: Wait | undefined, other: Wait): Wait {
  return one === 'time' || other === 'input' ? (one ?? other) : other;
}

function changesOf({ input, output }: Stage): number {
  return input.changes + (output?.changes ?? 0);
}

/** What was expanded without quotes is cut at its blanks. */
function addSplit(words: ExpandedWord[], text: string): void {
  for (const [number, piece] of text.split(/[ \t\n]+/).entries()) {
    if (number > 0) words.push({ text: '', pattern: '', isQuoted: false });
    const last = words.at(-1) as (typeof words)[number];
    last.text += piece;
    last.pattern += piece;
  }
}
