import { complain, type CommandIo, type NodeCommand, type Running } from '../node-command.ts';
import { optionProblem, readOptions } from '../options.ts';
import { eachLine, linesOf, readFiles, textOf } from './file-input.ts';

const USUAL = 10;

/** `head` */
export const HEAD: NodeCommand = {
  name: 'head',
  usage: '[-n N] [FILE]...',
  about: 'the first lines',
  *run(io) {
    const asked = askedFor(io);
    if (typeof asked === 'string') return complain(io, asked);
    const { count, names } = asked;
    let left = count;
    const hasFailed = yield* eachLine(io, names, (line) => {
      if (left-- > 0) io.output.write(`${line}\n`);
      return left > 0;
    });
    return hasFailed ? 1 : 0;
  },
};

/** `tail` */
export const TAIL: NodeCommand = {
  name: 'tail',
  usage: '[-n N] [-f] [FILE]...',
  about: 'the last lines; with -f also those that come, until Ctrl-C',
  *run(io) {
    const asked = askedFor(io);
    if (typeof asked === 'string') return complain(io, asked);
    const { count, names, follows, fromStart } = asked;
    const { files, hasFailed } = yield* readFiles(io, names.length === 0 ? ['-'] : names);
    for (const { name, text } of files) {
      if (files.length > 1) io.output.write(`==> ${name} <==\n`);
      const lines = linesOf(text);
      io.output.write(textOf(fromStart ? lines.slice(Math.max(0, count - 1)) : count === 0 ? [] : lines.slice(-count)));
    }
    const [last] = files;
    if (follows && last !== undefined && last.name !== '-') return yield* follow(io, last.name, last.text);
    return hasFailed ? 1 : 0;
  },
};

/** What is added to a file, as it is added. */
function* follow(io: CommandIo, name: string, before: string): Running {
  const path = io.node.resolve(name);
  let known = before;
  for (;;) {
    yield 'interrupt';
    if (io.output.isBroken) return 0;
    const text = io.node.files.read(path) ?? '';
    if (text === known) continue;
    // A log that was cut at its beginning goes on behind the line that was known last.
    const last = known.slice(known.lastIndexOf('\n', known.length - 2) + 1);
    const at = text.startsWith(known) ? known.length : last === '' ? 0 : text.lastIndexOf(last) + last.length;
    io.output.write(text.slice(Math.max(0, at)));
    known = text;
  }
}

interface Asked {
  readonly count: number;
  /** `tail -n +5` */
  readonly fromStart: boolean;
  readonly follows: boolean;
  readonly names: readonly string[];
}

function askedFor({ args }: CommandIo): Asked | string {
  const short = args.map((arg) => (/^-\d+$/.test(arg) ? `-n${arg.slice(1)}` : arg));
  const options = readOptions(short, ['f', 'F', 'q', 'v', 'follow'], ['n', 'lines']);
  const problem = optionProblem(options);
  if (problem !== undefined) return problem;
  const written = options.value('n', 'lines') ?? String(USUAL);
  if (!/^\+?\d{1,9}$/.test(written)) return `invalid number of lines: '${written}'`;
  return {
    count: Number(written),
    fromStart: written.startsWith('+'),
    follows: options.has('f', 'F', 'follow'),
    names: options.words,
  };
}
