import { complement, posixClass, type Ranges } from './regex-class.ts';
import { CUT_SHORT, readEscape } from './regex-escape.ts';
import { MAX_REGEX_SIZE } from '../model/limits.ts';
import { Refusal } from './refusal.ts';

/** Copies of one thing that repetitions within repetitions may ask for, and the greatest count of a single one. */
const MAX_REPETITIONS = 1000;

/** A piece of a pattern, written for re2js, with how many copies of its innermost part it asks for. */
interface Piece {
  readonly source: string;
  readonly copies: number;
  /** Characters and classes once repetitions are written out. */
  readonly size: number;
}

/** One open parenthesis (or the whole pattern): finished alternatives and the one being read. */
interface Group {
  readonly alternatives: Piece[];
  pieces: Piece[];
}

/**
 * Reads a pattern as RE2 does in POSIX-egrep mode (`RE2::POSIX`: no classes such as `\w`, no `(?...)`, no word
 * boundaries, `^` and `$` at every line, `.` not a newline) and writes it out for re2js, whose own syntax is larger.
 * Refuses what RE2 refuses, in its words.
 */
export function translateRegex(pattern: string): string | Refusal {
  return new RegexReader(pattern).read();
}

class RegexReader {
  readonly #pattern: string;
  readonly #runes: readonly string[];
  readonly #groups: Group[] = [{ alternatives: [], pieces: [] }];
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
    this.#runes = Array.from(pattern);
  }

  read(): string | Refusal {
    while (this.#at < this.#runes.length) {
      const problem = this.#step(this.#runes[this.#at] as string);
      if (problem !== undefined) return problem;
    }
    const [whole, ...open] = this.#groups as [Group, ...Group[]];
    if (open.length > 0) return new Refusal(`missing ): ${this.#pattern}`);
    const { source, size } = closeGroup(whole);
    if (size <= MAX_REGEX_SIZE) return source;
    return new Refusal(
      'pattern too large - compile failed',
      `written out it has more than ${MAX_REGEX_SIZE} characters`,
    );
  }

  #step(rune: string): Refusal | undefined {
    switch (rune) {
      case '(':
        this.#groups.push({ alternatives: [], pieces: [] });
        this.#at++;
        return undefined;
      case '|':
        finishAlternative(this.#group);
        this.#at++;
        return undefined;
      case ')':
        return this.#closeParenthesis();
      case '^':
      case '$':
        return this.#push(`(?m:${rune})`, this.#at + 1);
      case '.':
        return this.#push('[^\\x{A}]', this.#at + 1);
      case '[':
        return this.#bracket();
      case '*':
      case '+':
      case '?':
        return this.#repeat(rune, this.#at + 1, 1);
      case '{':
        return this.#counted();
      case '\\':
        return this.#escape();
      default:
        return this.#push(runeSource(rune.codePointAt(0) as number), this.#at + 1);
    }
  }

  get #group(): Group {
    return this.#groups.at(-1) as Group;
  }

  #push(source: string, end: number): undefined {
    this.#group.pieces.push({ source, copies: 1, size: 1 });
    this.#at = end;
  }

  #closeParenthesis(): Refusal | undefined {
    if (this.#groups.length === 1) return new Refusal(`unexpected ): ${this.#pattern}`);
    const piece = closeGroup(this.#groups.pop() as Group);
    this.#group.pieces.push({ ...piece, source: `(?:${piece.source})` });
    this.#at++;
    return undefined;
  }

  #escape(): Refusal | undefined {
    const escape = readEscape(this.#runes, this.#at);
    return escape instanceof Refusal ? escape : this.#push(runeSource(escape.rune), escape.end);
  }

  #repeat(operator: string, end: number, copies: number): Refusal | undefined {
    const piece = this.#group.pieces.pop();
    if (piece === undefined) return new Refusal(`no argument for repetition operator: ${operator}`);
    const total = piece.copies * copies;
    if (copies > 1 && total > MAX_REPETITIONS) return new Refusal(`invalid repetition size: ${operator}`);
    const source = `(?:${piece.source})${operator}`;
    this.#group.pieces.push({ source, copies: total, size: piece.size * copies + 1 });
    this.#at = end;
    return undefined;
  }

  /** `{2}`, `{2,}` or `{2,4}`; anything else is a plain brace. */
  #counted(): Refusal | undefined {
    const match = /^\{(0|[1-9][0-9]{0,8})(?:(,)(0|[1-9][0-9]{0,8})?)?\}/.exec(
      this.#runes.slice(this.#at, this.#at + 24).join(''),
    );
    if (match === null) return this.#push('\\{', this.#at + 1);
    const text = match[0];
    const least = Number(match[1]);
    const most = match[2] === undefined ? least : match[3] === undefined ? undefined : Number(match[3]);
    if (least > MAX_REPETITIONS || (most !== undefined && (most < least || most > MAX_REPETITIONS))) {
      return new Refusal(`invalid repetition size: ${text}`);
    }
    return this.#repeat(text, this.#at + text.length, Math.max(most ?? least, 1));
  }

  #bracket(): Refusal | undefined {
    const start = this.#at;
    let at = start + 1;
    const negated = this.#runes[at] === '^';
    if (negated) at++;
    const ranges: (readonly [number, number])[] = [];
    for (let first = true; at < this.#runes.length && (first || this.#runes[at] !== ']'); first = false) {
      const item = this.#bracketItem(start, at, first);
      if (item instanceof Refusal) return item;
      ranges.push(...item.ranges);
      at = item.end;
    }
    if (at >= this.#runes.length) return this.#unclosed(start);
    return this.#push(classSource(negated ? complement(ranges) : ranges), at + 1);
  }

  #unclosed(start: number): Refusal {
    return new Refusal(`missing ]: ${this.#runes.slice(start).join('')}`);
  }

  /** One character, range or named class of the bracket expression that began at `start`. */
  #bracketItem(start: number, at: number, first: boolean): { ranges: Ranges; end: number } | Refusal {
    const runes = this.#runes;
    if (runes[at] === '-' && !first && runes[at + 1] !== ']') {
      const next = runes[at + 1];
      return new Refusal(next === undefined ? CUT_SHORT : `invalid character class range: -${next}`);
    }
    if (runes[at] === '[' && runes[at + 1] === ':' && at + 2 < runes.length) {
      const close = runes.findIndex((rune, index) => index >= at + 2 && rune === ':' && runes[index + 1] === ']');
      if (close !== -1) {
        const name = runes.slice(at + 2, close).join('');
        const ranges = posixClass(name);
        return ranges === undefined
          ? new Refusal(`invalid character class range: [:${name}:]`)
          : { ranges, end: close + 2 };
      }
    }
    const low = this.#bracketRune(start, at);
    if (low instanceof Refusal) return low;
    const isRange = runes[low.end] === '-' && low.end + 1 < runes.length && runes[low.end + 1] !== ']';
    if (!isRange) return { ranges: [[low.rune, low.rune]], end: low.end };
    const high = this.#bracketRune(start, low.end + 1);
    if (high instanceof Refusal) return high;
    if (high.rune < low.rune) {
      return new Refusal(`invalid character class range: ${runes.slice(at, high.end).join('')}`);
    }
    return { ranges: [[low.rune, high.rune]], end: high.end };
  }

  #bracketRune(start: number, at: number): { rune: number; end: number } | Refusal {
    const rune = this.#runes[at];
    if (rune === undefined) return this.#unclosed(start);
    return rune === '\\' ? readEscape(this.#runes, at) : { rune: rune.codePointAt(0) as number, end: at + 1 };
  }
}

function finishAlternative(group: Group): void {
  group.alternatives.push({
    source: group.pieces.map((piece) => piece.source).join(''),
    copies: Math.max(1, ...group.pieces.map((piece) => piece.copies)),
    size: group.pieces.reduce((sum, piece) => sum + piece.size, 1),
  });
  group.pieces = [];
}

function closeGroup(group: Group): Piece {
  finishAlternative(group);
  return {
    source: group.alternatives.map((piece) => piece.source).join('|'),
    copies: Math.max(...group.alternatives.map((piece) => piece.copies)),
    size: group.alternatives.reduce((sum, piece) => sum + piece.size, 0),
  };
}

function runeSource(rune: number): string {
  const character = String.fromCodePoint(rune);
  return /^[0-9A-Za-z]$/.test(character) ? character : `\\x{${rune.toString(16)}}`;
}

function classSource(ranges: Ranges): string {
  if (ranges.length === 0) return '[^\\x{0}-\\x{10FFFF}]';
  return `[${ranges.map(([low, high]) => `\\x{${low.toString(16)}}-\\x{${high.toString(16)}}`).join('')}]`;
}
