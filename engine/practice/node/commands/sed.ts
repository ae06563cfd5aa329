import { MAX_NODE_OUTPUT_CHARS } from '../../../model/practice-limits.ts';
import { complain, type NodeCommand } from '../node-command.ts';
import { readOptions } from '../options.ts';
import { compilePattern, type Search } from '../pattern.ts';
import { linesOf, readFiles, textOf } from './file-input.ts';

/** Which lines an instruction is for. */
type Address =
  | { readonly kind: 'all' }
  | { readonly kind: 'lines'; readonly from: number; readonly to: number }
  | { readonly kind: 'fitting'; readonly search: Search };

/** One instruction of a script. */
interface Instruction {
  readonly address: Address;
  readonly does: 'replace' | 'delete' | 'print' | 'append' | 'insert' | 'change';
  readonly search: Search | undefined;
  readonly text: string;
  readonly isGlobal: boolean;
}

const LAST = Number.MAX_SAFE_INTEGER;
const MOST = 10_000;
const MAX_INSTRUCTIONS = 100;

/** `sed`, as much of it as edits files. */
export const SED: NodeCommand = {
  name: 'sed',
  usage: "[-i] [-n] [-E] 's/OLD/NEW/g; /WORD/d; 3,5p; $a TEXT' [FILE]...",
  about: 'changes lines: s, d, p, a, i and c, for all lines, some numbers or a pattern',
  *run(io) {
    // A copy that is kept beside the file is not made.
    const edits = io.args.map((arg) => (/^-i.|^--in-place=/.test(arg) ? '-i' : arg));
    const options = readOptions(edits, ['i', 'n', 'E', 'r', 'in-place', 'quiet'], ['e', 'expression']);
    if (options.unknown !== undefined) return complain(io, `unknown option ${options.unknown}`);
    const [first, ...others] = options.words;
    const isGiven = options.has('e', 'expression');
    const script = isGiven ? options.values('e', 'expression').join('\n') : first;
    if (script === undefined) return complain(io, `usage: sed ${SED.usage}`);
    const instructions = new ScriptReader(script, options.has('E', 'r') ? 'extended' : 'basic').read();
    if (typeof instructions === 'string') return complain(io, `-e expression: ${instructions}`);
    const names = isGiven ? options.words : others;
    const { files, hasFailed } = yield* readFiles(io, names.length === 0 ? ['-'] : names);
    for (const { name, text } of files) {
      const edited = textOf(applied(instructions, linesOf(text), options.has('n', 'quiet')));
      if (!options.has('i', 'in-place') || name === '-') io.output.write(edited);
      else {
        const problem = io.node.files.write(io.node.resolve(name), edited);
        if (problem !== undefined) return complain(io, `couldn't write ${name}: ${problem}`);
      }
    }
    return hasFailed ? 1 : 0;
  },
};

/** What is too long to be written anywhere is not made. */
function applied(instructions: readonly Instruction[], lines: readonly string[], isQuiet: boolean): string[] {
  let left = MAX_NODE_OUTPUT_CHARS;
  return lines.flatMap((whole, i) => {
    if (left < 0) return [];
    const made = edited(whole, i);
    for (const { length } of made) left -= length + 1;
    return made;
  });

  function edited(whole: string, i: number): string[] {
    const before: string[] = [];
    const after: string[] = [];
    let line = whole;
    for (const one of instructions) {
      if (!isFor(one.address, line, i + 1, lines.length)) continue;
      if (one.does === 'delete') return [...before, ...after];
      if (one.does === 'change') return [...before, one.text, ...after];
      if (one.does === 'print') before.push(line);
      else if (one.does === 'append') after.push(one.text);
      else if (one.does === 'insert') before.push(one.text);
      else if (one.search !== undefined) line = replaced(line, one);
    }
    return isQuiet ? [...before, ...after] : [...before, line, ...after];
  }
}

function isFor(address: Address, line: string, number: number, count: number): boolean {
  if (address.kind === 'all') return true;
  if (address.kind === 'fitting') return address.search(line, 1).length > 0;
  const [from, to] = [address.from, address.to].map((one) => (one === LAST ? count : one)) as [number, number];
  return number >= from && number <= Math.max(from, to);
}

function replaced(line: string, { search, text, isGlobal }: Instruction): string {
  let whole = '';
  let at = 0;
  for (const { start, end, groups } of search?.(line, isGlobal ? MOST : 1) ?? []) {
    const put = text.replaceAll(/\\([0-9&n\\/|#,])|&/g, (mark: string, letter: string | undefined) => {
      if (letter === undefined || letter === '0') return line.slice(start, end);
      if (letter === 'n') return '\n';
      return /[1-9]/.test(letter) ? (groups[Number(letter) - 1] ?? '') : mark.slice(1);
    });
    whole += line.slice(at, start) + put;
    at = end;
    if (whole.length > MAX_NODE_OUTPUT_CHARS) break;
  }
  return whole + line.slice(at);
}

class ScriptReader {
  readonly #script: string;
  readonly #kind: 'basic' | 'extended';
  #at = 0;

  constructor(script: string, kind: 'basic' | 'extended') {
    this.#script = script;
    this.#kind = kind;
  }

  /** The instructions, or what is wrong. */
  read(): Instruction[] | string {
    const found: Instruction[] = [];
    for (;;) {
      this.#at += /^[;\s]*/.exec(this.#script.slice(this.#at))?.[0].length ?? 0;
      if (this.#at >= this.#script.length) return found;
      const one = this.#instruction();
      if (typeof one === 'string') return one;
      found.push(one);
      if (found.length > MAX_INSTRUCTIONS) return 'too many commands';
    }
  }

  #instruction(): Instruction | string {
    const address = this.#address();
    if (typeof address === 'string') return address;
    const letter = this.#script[this.#at++];
    const plain = { address, search: undefined, text: '', isGlobal: false };
    if (letter === 'd') return { ...plain, does: 'delete' };
    if (letter === 'p') return { ...plain, does: 'print' };
    const does = ({ a: 'append', i: 'insert', c: 'change' } as const)[letter as 'a'];
    if (does !== undefined) {
      const stop = this.#script.indexOf('\n', this.#at + 1);
      const rest = this.#script.slice(this.#at, stop === -1 ? undefined : stop);
      this.#at += rest.length;
      return { ...plain, does, text: rest.replace(/^\s*\\?\n?/, '').replaceAll(String.raw`\n`, '\n') };
    }
    return letter === 's' ? this.#replacement(address) : `unknown command: '${letter ?? ''}'`;
  }

  #replacement(address: Address): Instruction | string {
    const mark = this.#script[this.#at++] ?? '';
    const [old, text] = [this.#upTo(mark), this.#upTo(mark)];
    if (old === undefined || text === undefined) return "unterminated 's' command";
    const flags = /^[gIip]*/.exec(this.#script.slice(this.#at))?.[0] ?? '';
    this.#at += flags.length;
    const search = compilePattern(old, this.#kind, /i/i.test(flags));
    if (search === undefined) return `invalid pattern: ${old}`;
    return { address, does: 'replace', search, text, isGlobal: flags.includes('g') };
  }

  #address(): Address | string {
    const rest = this.#script.slice(this.#at);
    const numbers = /^(\d{1,9}|\$)(?:,(\d{1,9}|\$))?/.exec(rest);
    if (numbers !== null) {
      this.#at += numbers[0].length;
      const line = (word: string): number => (word === '$' ? LAST : Number(word));
      const from = line(numbers[1] as string);
      return { kind: 'lines', from, to: numbers[2] === undefined ? from : line(numbers[2]) };
    }
    if (!rest.startsWith('/')) return { kind: 'all' };
    this.#at++;
    const pattern = this.#upTo('/');
    const search = pattern === undefined ? undefined : compilePattern(pattern, this.#kind);
    return search === undefined ? `invalid pattern: ${pattern ?? rest}` : { kind: 'fitting', search };
  }

  /** What stands before the next mark, which a backslash makes a letter; undefined where there is none. */
  #upTo(mark: string): string | undefined {
    let text = '';
    for (; this.#at < this.#script.length; this.#at++) {
      const letter = this.#script[this.#at] as string;
      if (letter === mark) return (this.#at++, text);
      const next = this.#script[this.#at + 1] ?? '';
      if (letter === '\\' && next === mark) text += next;
      else text += letter === '\\' ? letter + next : letter;
      if (letter === '\\') this.#at++;
    }
    return undefined;
  }
}
