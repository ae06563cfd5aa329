import { complain, type CommandIo, type NodeCommand } from '../node-command.ts';
import { optionProblem, readOptions, type Options } from '../options.ts';
import { compilePattern, type Search } from '../pattern.ts';
import { linesOf, readFiles } from './file-input.ts';
import { nextLine, type Wait } from '../node-command.ts';

const FLAGS = [
  'i',
  'v',
  'c',
  'n',
  'l',
  'o',
  'E',
  'F',
  'w',
  'x',
  'q',
  'r',
  'R',
  'h',
  'H',
  's',
  'a',
  'P',
  'color',
  'ignore-case',
];
const VALUED = ['e', 'A', 'B', 'C', 'm'];
const MOST = 100_000;

/** What is asked of a search. */
interface Asked {
  readonly searches: readonly Search[];
  readonly has: (...names: string[]) => boolean;
  readonly before: number;
  readonly after: number;
  readonly most: number;
  readonly showsName: boolean;
}

/** `grep`, `egrep` and `fgrep` */
export const GREP: NodeCommand = {
  name: 'grep',
  usage: '[-i] [-v] [-c] [-n] [-o] [-E] [-F] [-r] [-A N] PATTERN [FILE]...',
  about: 'lines in which a pattern is found',
  *run(io) {
    const options = readOptions(io.args, FLAGS, VALUED);
    const problem = optionProblem(options);
    if (problem !== undefined) return complain(io, problem, 2);
    const isRecursive = options.has('r', 'R');
    const [first, ...others] = options.words;
    const patterns = options.has('e') ? options.values('e') : first === undefined ? [] : [first];
    if (patterns.length === 0) return complain(io, `usage: grep ${GREP.usage}`, 2);
    const kind =
      options.has('F') || io.name === 'fgrep'
        ? 'fixed'
        : options.has('E', 'P') || io.name === 'egrep'
          ? 'extended'
          : 'basic';
    const searches = patterns.map((one) =>
      compilePattern(asWhole(one, options), kind, options.has('i', 'ignore-case')),
    );
    const bad = patterns.find((_, i) => searches[i] === undefined);
    if (bad !== undefined) return complain(io, `invalid pattern: ${bad}`, 2);
    const named = options.has('e') ? options.words : others;
    const names = isRecursive ? filesBelow(io, named.length === 0 ? ['.'] : named) : named;
    const asked: Asked = {
      searches: searches as Search[],
      has: (...letters) => options.has(...letters),
      before: Number(options.value('B', 'C') ?? 0) || 0,
      after: Number(options.value('A', 'C') ?? 0) || 0,
      most: Number(options.value('m') ?? MOST) || MOST,
      showsName: (options.has('H') || names.length > 1 || isRecursive) && !options.has('h'),
    };
    if (names.length === 0) return (yield* searchInput(io, asked)) > 0 ? 0 : 1;
    const { files, hasFailed } = yield* readFiles(io, names);
    let found = 0;
    for (const { name, text } of files) found += searchText(io, asked, name, linesOf(text));
    return hasFailed ? 2 : found > 0 ? 0 : 1;
  },
};

/** A pattern that must fit a word (`-w`) or the line (`-x`). */
function asWhole(pattern: string, options: Options): string {
  if (options.has('x')) return `^${pattern}$`;
  return options.has('w') ? String.raw`\b${pattern}\b` : pattern;
}

function filesBelow(io: CommandIo, folders: readonly string[]): string[] {
  const all = [...io.node.files.all().keys()].toSorted();
  return folders.flatMap((folder) => {
    const path = io.node.resolve(folder);
    const inside = path === '/' ? '/' : `${path}/`;
    return io.node.files.isFolder(path) ? all.filter((one) => one.startsWith(inside)) : [folder];
  });
}

/** Lines are told as they come, so that a search can stand behind what goes on. */
function* searchInput(io: CommandIo, asked: Asked): Generator<Wait, number, void> {
  if (asked.after > 0 || asked.before > 0) {
    const lines: string[] = [];
    for (let line = yield* nextLine(io); line !== undefined; line = yield* nextLine(io)) lines.push(line);
    return searchText(io, asked, '-', lines);
  }
  let found = 0;
  let number = 0;
  for (let line = yield* nextLine(io); line !== undefined && found < asked.most; line = yield* nextLine(io)) {
    number++;
    if (!fits(line, asked)) continue;
    found++;
    if (asked.has('q')) return found;
    if (!asked.has('c', 'l')) tell(io, asked, line, number, '', ':');
  }
  if (asked.has('c')) io.output.write(`${found}\n`);
  return found;
}

function searchText(io: CommandIo, asked: Asked, name: string, lines: readonly string[]): number {
  const shown = asked.showsName ? name : '';
  let found = 0;
  let told = -1;
  for (const [at, line] of lines.entries()) {
    if (found >= asked.most || !fits(line, asked)) continue;
    found++;
    if (asked.has('q')) return found;
    if (asked.has('c', 'l')) continue;
    const from = Math.max(told + 1, at - asked.before);
    if (told !== -1 && from > told + 1 && asked.before + asked.after > 0) io.output.write('--\n');
    for (let i = from; i < at; i++) tell(io, asked, lines[i] as string, i + 1, shown, '-');
    if (told < at) tell(io, asked, line, at + 1, shown, ':');
    told = Math.max(told, at);
    for (let i = at + 1; i <= at + asked.after && i < lines.length; i++) {
      if (fits(lines[i] as string, asked)) break;
      if (i > told) tell(io, asked, lines[i] as string, i + 1, shown, '-');
      told = Math.max(told, i);
    }
  }
  if (asked.has('c')) io.output.write(`${shown === '' ? '' : `${shown}:`}${found}\n`);
  if (asked.has('l') && found > 0) io.output.write(`${name}\n`);
  return found;
}

function fits(line: string, { searches, has }: Asked): boolean {
  return searches.some((search) => search(line, 1).length > 0) !== has('v');
}

function tell(io: CommandIo, asked: Asked, line: string, number: number, name: string, mark: string): void {
  const head = `${name === '' ? '' : `${name}${mark}`}${asked.has('n') ? `${number}${mark}` : ''}`;
  if (!asked.has('o') || asked.has('v')) return io.output.write(`${head}${line}\n`);
  for (const search of asked.searches) {
    for (const { start, end } of search(line, MOST))
      if (end > start) io.output.write(`${head}${line.slice(start, end)}\n`);
  }
}
