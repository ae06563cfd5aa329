import type { CommandLine, LineProblem, Pipeline, Redirect, SimpleCommand, Word, WordPart } from './command-line.ts';

/** Depth of `$( $( ) )`. */
const MAX_DEPTH = 10;
const BLANK = /[ \t]/;
const OPERATOR = /^(?:\|\||&&|2>>|2>&1|1>&2|>&2|&>>|&>|2>|1>>|1>|>>|>|<<<|<<|<|\||;|&|\n|\)|\()/;
const NAME = /^(?:[A-Za-z_][A-Za-z0-9_]*|\?)/;
/** What a backslash takes its meaning from between double quotes. */
const ESCAPED_IN_QUOTES = '$`"\\';

/** Reads a line of the shell: quotes, pipes, redirections, `;`, `&&`, `||`, `$(...)` and texts behind `<<`. */
export function parseLine(text: string): CommandLine | LineProblem {
  try {
    return new LineReader(text).line(false);
  } catch (error) {
    if (error instanceof Problem) return { message: error.message, isOpen: error.isOpen };
    throw error;
  }
}

/** True for what `parseLine` gives where it can't read a line. */
export function isProblem(line: CommandLine | LineProblem): line is LineProblem {
  return 'message' in line;
}

class Problem extends Error {
  readonly isOpen: boolean;
  constructor(message: string, isOpen = false) {
    super(message);
    this.isOpen = isOpen;
  }
}

class LineReader {
  readonly #text: string;
  readonly #depth: number;
  #at: number;
  /** Texts that begin behind the end of this line, to be read when it comes. */
  #here: { readonly end: string; readonly isPlain: boolean; readonly fill: (word: Word) => void }[] = [];

  constructor(text: string, at = 0, depth = 0) {
    this.#text = text;
    this.#at = at;
    this.#depth = depth;
    if (depth > MAX_DEPTH) throw new Problem('too many $(...) within each other');
  }

  get end(): number {
    return this.#at;
  }

  /** @param isInner it ends with the `)` of a substitution */
  line(isInner: boolean): CommandLine {
    const pipelines: Pipeline[] = [];
    let when: Pipeline['when'] = 'always';
    for (;;) {
      const commands = this.#pipeline();
      const operator = this.#operator();
      if (commands.length > 0) pipelines.push({ when, commands });
      else if (when !== 'always' || operator === ';' || operator === '&&' || operator === '||') {
        throw operator === ''
          ? new Problem('syntax error: unexpected end of line', true)
          : new Problem(`syntax error near unexpected token \`${operator === '\n' ? 'newline' : operator}'`);
      }
      if (operator === '\n') this.#readHere();
      when = operator === '&&' ? 'success' : operator === '||' ? 'failure' : 'always';
      if (operator === '' && isInner) throw new Problem('syntax error: a $( is not closed', true);
      if (operator === '' || (operator === ')' && isInner)) break;
      if (operator === '&') throw new Problem('no job runs in the background here: leave out the &');
      if (operator === ')' || operator === '(') throw new Problem(`syntax error near unexpected token \`${operator}'`);
    }
    if (this.#here.length > 0) throw new Problem(`the text up to ${this.#here[0]?.end} is missing`, true);
    return pipelines;
  }

  #pipeline(): SimpleCommand[] {
    const commands: SimpleCommand[] = [];
    for (;;) {
      const command = this.#command();
      const hasMore = this.#peek() === '|';
      if (command === undefined) {
        if (commands.length === 0 && !hasMore) return [];
        const isOpen = !hasMore && this.#at >= this.#text.length;
        throw new Problem("syntax error near unexpected token `|'", isOpen);
      }
      commands.push(command);
      if (!hasMore) return commands;
      this.#operator();
    }
  }

  #command(): SimpleCommand | undefined {
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (;;) {
      this.#skipBlanks();
      const operator = this.#peek();
      if (operator !== '' && /[<>]/.test(operator)) {
        this.#at += operator.length;
        redirects.push(this.#redirect(operator));
        continue;
      }
      const word = operator === '' ? this.#word() : undefined;
      if (word === undefined) return words.length + redirects.length === 0 ? undefined : { words, redirects };
      words.push(word);
    }
  }

  #redirect(operator: string): Redirect {
    if (operator.endsWith('&1')) return { kind: 'merge', stream: 'error' };
    if (operator.endsWith('&2')) return { kind: 'merge', stream: 'out' };
    this.#skipBlanks();
    const start = this.#at;
    const target = this.#peek() === '' ? this.#word() : undefined;
    if (target === undefined) throw new Problem("syntax error near unexpected token `newline'");
    if (operator === '<') return { kind: 'read', target };
    if (operator === '<<<') return { kind: 'here', text: [...target, { kind: 'text', text: '\n', quoted: true }] };
    if (operator === '<<') {
      const written = this.#text.slice(start, this.#at);
      const here = { kind: 'here' as const, text: [] as Word };
      this.#here.push({
        end: written.replaceAll(/['"\\]/g, ''),
        isPlain: /['"\\]/.test(written),
        fill: (word) => void (here.text = word),
      });
      return here;
    }
    const streams = operator.startsWith('2') ? 'error' : operator.startsWith('&') ? 'both' : 'out';
    return { kind: operator.endsWith('>>') ? 'append' : 'write', streams, target };
  }

  /** A word; undefined where none begins. */
  #word(): Word | undefined {
    const parts: WordPart[] = [];
    const start = this.#at;
    while (this.#at < this.#text.length) {
      const letter = this.#text[this.#at] as string;
      if (BLANK.test(letter) || (this.#peek() !== '' && !/^[0-9]/.test(letter))) break;
      if (/^[0-9]/.test(letter) && this.#peek() !== '' && this.#at === start) break;
      if (letter === "'") this.#single(parts);
      else if (letter === '"') this.#double(parts);
      else if (letter === '\\') this.#escape(parts);
      else if (letter === '$' || letter === '`') this.#expansion(parts, false);
      else {
        parts.push({ kind: 'text', text: letter, quoted: false });
        this.#at++;
      }
    }
    return this.#at === start ? undefined : joined(parts);
  }

  #single(parts: WordPart[]): void {
    const close = this.#text.indexOf("'", this.#at + 1);
    if (close === -1) throw new Problem("a quote ' is not closed", true);
    parts.push({ kind: 'text', text: this.#text.slice(this.#at + 1, close), quoted: true });
    this.#at = close + 1;
  }

  #double(parts: WordPart[]): void {
    parts.push({ kind: 'text', text: '', quoted: true });
    for (this.#at++; this.#text[this.#at] !== '"';) this.#quotedLetter(parts);
    this.#at++;
  }

  #quotedLetter(parts: WordPart[]): void {
    const letter = this.#text[this.#at];
    if (letter === undefined) throw new Problem('a quote " is not closed', true);
    const next = this.#text[this.#at + 1] ?? '';
    if (letter === '$' || letter === '`') return this.#expansion(parts, true);
    const isEscape = letter === '\\' && next !== '' && ESCAPED_IN_QUOTES.includes(next);
    parts.push({ kind: 'text', text: isEscape ? next : letter, quoted: true });
    this.#at += isEscape ? 2 : 1;
  }

  #escape(parts: WordPart[]): void {
    const next = this.#text[this.#at + 1];
    if (next === undefined) throw new Problem('the line goes on behind its \\', true);
    if (next !== '\n') parts.push({ kind: 'text', text: next, quoted: true });
    this.#at += 2;
  }

  #expansion(parts: WordPart[], quoted: boolean): void {
    const rest = this.#text.slice(this.#at, this.#at + 80);
    if (rest.startsWith('`')) {
      const close = this.#text.indexOf('`', this.#at + 1);
      if (close === -1) throw new Problem('a ` is not closed', true);
      const inner = new LineReader(this.#text.slice(this.#at + 1, close), 0, this.#depth + 1);
      parts.push({ kind: 'substitution', line: inner.line(false), quoted });
      this.#at = close + 1;
      return;
    }
    if (rest.startsWith('$(')) {
      const inner = new LineReader(this.#text, this.#at + 2, this.#depth + 1);
      parts.push({ kind: 'substitution', line: inner.line(true), quoted });
      this.#at = inner.end;
      return;
    }
    const name = NAME.exec(rest.slice(1))?.[0] ?? /^\{([A-Za-z_][A-Za-z0-9_]*|\?)\}/.exec(rest.slice(1))?.[1];
    if (name === undefined) parts.push({ kind: 'text', text: '$', quoted });
    else parts.push({ kind: 'variable', name, quoted });
    this.#at += name === undefined ? 1 : name.length + (rest[1] === '{' ? 3 : 1);
  }

  /** Texts that were begun with `<<`, now that their lines come. */
  #readHere(): void {
    for (const { end, isPlain, fill } of this.#here) {
      const lines: string[] = [];
      for (;;) {
        if (this.#at >= this.#text.length) throw new Problem(`the text up to ${end} is missing`, true);
        const stop = this.#text.indexOf('\n', this.#at);
        const line = this.#text.slice(this.#at, stop === -1 ? undefined : stop);
        this.#at = stop === -1 ? this.#text.length : stop + 1;
        if (line === end) break;
        lines.push(`${line}\n`);
      }
      fill(isPlain ? [{ kind: 'text', text: lines.join(''), quoted: true }] : hereText(lines.join(''), this.#depth));
    }
    this.#here = [];
  }

  /** The operator that stands here, without taking it; empty where there is none. */
  #peek(): string {
    return OPERATOR.exec(this.#text.slice(this.#at, this.#at + 4))?.[0] ?? '';
  }

  #operator(): string {
    this.#skipBlanks();
    const operator = this.#peek();
    this.#at += operator.length;
    return operator;
  }

  /** Also what follows a `#` that begins a word. */
  #skipBlanks(): void {
    while (BLANK.test(this.#text[this.#at] ?? '')) this.#at++;
    if (this.#text[this.#at] !== '#') return;
    const stop = this.#text.indexOf('\n', this.#at);
    this.#at = stop === -1 ? this.#text.length : stop;
  }

  /** The parts of a text in which variables count and quotes don't. */
  quoted(): Word {
    const parts: WordPart[] = [];
    while (this.#at < this.#text.length) this.#quotedLetter(parts);
    return joined(parts);
  }
}

function hereText(text: string, depth: number): Word {
  return new LineReader(text, 0, depth + 1).quoted();
}

/** Neighbouring texts of one sort as one. */
function joined(parts: readonly WordPart[]): Word {
  const whole: WordPart[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (part.kind === 'text' && last?.kind === 'text' && last.quoted === part.quoted) {
      whole[whole.length - 1] = { ...last, text: last.text + part.text };
    } else whole.push(part);
  }
  return whole;
}
