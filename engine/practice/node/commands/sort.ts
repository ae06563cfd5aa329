import { complain, type NodeCommand } from '../node-command.ts';
import { optionProblem, readOptions } from '../options.ts';
import { linesOf, readFiles, textOf } from './file-input.ts';

/** `sort` */
export const SORT: NodeCommand = {
  name: 'sort',
  usage: '[-r] [-n] [-u] [-k N] [-t CHAR] [FILE]...',
  about: 'sorts lines by their letters, or by numbers',
  *run(io) {
    const options = readOptions(io.args, ['r', 'n', 'u', 'b', 'f'], ['k', 't']);
    const problem = optionProblem(options);
    if (problem !== undefined) return complain(io, problem);
    const { files, hasFailed } = yield* readFiles(io, options.words.length === 0 ? ['-'] : options.words);
    const field = Number.parseInt(options.value('k') ?? '0', 10);
    const separator = options.value('t');
    const key = (line: string): string => {
      const whole =
        field > 0
          ? (separator === undefined ? line.trim().split(/\s+/) : line.split(separator)).slice(field - 1).join(' ')
          : line;
      return options.has('f') ? whole.toLowerCase() : whole;
    };
    const lines = files.flatMap(({ text }) => linesOf(text)).map((line) => ({ line, key: key(line) }));
    const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
    const number = (text: string): number => Number.parseFloat(text.trim()) || 0;
    lines.sort(
      (a, b) => (options.has('n') ? number(a.key) - number(b.key) : byText(a.key, b.key)) || byText(a.line, b.line),
    );
    if (options.has('r')) lines.reverse();
    const sorted = lines.map(({ line }) => line);
    io.output.write(textOf(options.has('u') ? [...new Set(sorted)] : sorted));
    return hasFailed ? 1 : 0;
  },
};

/** `uniq` */
export const UNIQ: NodeCommand = {
  name: 'uniq',
  usage: '[-c] [-d] [-u] [FILE]',
  about: 'equal lines that follow each other once, with -c how many there were',
  *run(io) {
    const options = readOptions(io.args, ['c', 'd', 'u']);
    const problem = optionProblem(options);
    if (problem !== undefined) return complain(io, problem);
    const { files, hasFailed } = yield* readFiles(io, options.words.length === 0 ? ['-'] : options.words);
    const groups: { line: string; count: number }[] = [];
    for (const line of files.flatMap(({ text }) => linesOf(text))) {
      const last = groups.at(-1);
      if (last?.line === line) last.count++;
      else groups.push({ line, count: 1 });
    }
    const kept = groups.filter(({ count }) => (!options.has('d') || count > 1) && (!options.has('u') || count === 1));
    io.output.write(
      textOf(kept.map(({ line, count }) => (options.has('c') ? `${String(count).padStart(7)} ${line}` : line))),
    );
    return hasFailed ? 1 : 0;
  },
};
