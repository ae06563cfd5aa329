import { byteString, fromUnicode, type ByteString } from '../../model/byte-string.ts';
import { integerOf } from '../../model/integer.ts';
import { MAX_JSON_DEPTH, MAX_JSON_NODES } from '../../model/limits.ts';
import type { JsonMember, JsonNode, LineProblem } from './json-node.ts';

/** Digits of the longest integer that is read; 64 bits need 20. */
const MAX_DIGITS = 40;
/** The longest fraction that is read. */
const MAX_NUMBER_BYTES = 400;
const DIGIT_ZERO = 0x30;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  '/': '/',
};
const LITERALS = {
  true: { kind: 'boolean', value: true },
  false: { kind: 'boolean', value: false },
  null: { kind: 'null' },
} as const;

/**
 * Parses one line of JSON (RFC 8259) from its bytes. Unlike `JSON.parse` it keeps every digit of an integer, every byte
 * of a text and the place of each value, and refuses a key that is given twice.
 *
 * @returns undefined if the line isn't JSON; `problem` then tells why
 */
export function parseJsonLine(bytes: Uint8Array, problem: LineProblem): JsonNode | undefined {
  const parser = new JsonParser(bytes, problem);
  return parser.parseLine();
}

class JsonParser {
  readonly #bytes: Uint8Array;
  readonly #problem: LineProblem;
  #at = 0;
  #nodes = 0;

  constructor(bytes: Uint8Array, problem: LineProblem) {
    this.#bytes = bytes;
    this.#problem = problem;
  }

  parseLine(): JsonNode | undefined {
    this.#skipBlanks();
    const node = this.#value(0);
    this.#skipBlanks();
    if (this.#at < this.#bytes.length) this.#problem.note(this.#at, `${this.#here()} after the end of the record`);
    return this.#problem.message === undefined ? node : undefined;
  }

  #value(depth: number): JsonNode {
    const at = this.#at;
    const byte = this.#bytes[at];
    if (depth > MAX_JSON_DEPTH) return this.#fail('is nested too deep');
    if (++this.#nodes > MAX_JSON_NODES)
      return this.#fail(`begins value ${MAX_JSON_NODES + 1}, more than a line may have`);
    if (byte === 0x7b) return this.#object(depth);
    if (byte === 0x5b) return this.#array(depth);
    if (byte === QUOTE) return { kind: 'text', at, text: this.#text() };
    if (byte === 0x2d || (byte !== undefined && byte >= 0x30 && byte <= 0x39)) return this.#number();
    for (const [word, node] of Object.entries(LITERALS)) {
      if (!this.#startsWith(word)) continue;
      this.#at += word.length;
      return { ...node, at };
    }
    return this.#fail('instead of a value');
  }

  #object(depth: number): JsonNode {
    const start = this.#at++;
    const members: JsonMember[] = [];
    const keys = new Set<string>();
    while (this.#next(0x7d, members.length > 0)) {
      const at = this.#at;
      if (this.#bytes[at] !== QUOTE) return this.#fail('instead of a key in quotes');
      const key = this.#text();
      if (keys.has(key)) this.#problem.note(at, `"${key}" is given twice`);
      keys.add(key);
      this.#skipBlanks();
      if (this.#bytes[this.#at] !== 0x3a) return this.#fail(`instead of a colon after "${key}"`);
      this.#at++;
      this.#skipBlanks();
      members.push({ key, at, value: this.#value(depth + 1) });
      if (this.#problem.message !== undefined) break;
    }
    return { kind: 'object', at: start, members };
  }

  #array(depth: number): JsonNode {
    const at = this.#at++;
    const items: JsonNode[] = [];
    while (this.#next(0x5d, items.length > 0)) {
      items.push(this.#value(depth + 1));
      if (this.#problem.message !== undefined) break;
    }
    return { kind: 'array', at, items };
  }

  /** Moves to the next item of a list; false at its end or where something is wrong. */
  #next(closing: number, needsComma: boolean): boolean {
    this.#skipBlanks();
    if (this.#bytes[this.#at] === closing) {
      this.#at++;
      return false;
    }
    if (!needsComma) return true;
    if (this.#bytes[this.#at] !== 0x2c) {
      this.#problem.note(this.#at, `${this.#here()} instead of a comma or "${String.fromCharCode(closing)}"`);
      return false;
    }
    this.#at++;
    this.#skipBlanks();
    return true;
  }

  #number(): JsonNode {
    const at = this.#at;
    let value = 0;
    while (isNumeric(this.#bytes[this.#at])) value = value * 10 + (this.#bytes[this.#at++] as number) - DIGIT_ZERO;
    const length = this.#at - at;
    // Most numbers are short and plain: their digits were added up on the way.
    if (length < 16 && (length === 1 || this.#bytes[at] !== DIGIT_ZERO) && this.#isPlain(at))
      return { kind: 'integer', at, value };
    const text = byteString(this.#bytes, at, Math.min(this.#at, at + MAX_NUMBER_BYTES));
    if (length > MAX_NUMBER_BYTES || !/^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$/.test(text)) {
      this.#problem.note(at, 'a number is not written as JSON writes one');
      return { kind: 'null', at };
    }
    if (!/^-?[0-9]+$/.test(text) || text === '-0') return { kind: 'float', at, value: Number(text) };
    if (text.length > MAX_DIGITS) this.#problem.note(at, `a number has more than ${MAX_DIGITS} digits`);
    return { kind: 'integer', at, value: integerOf(BigInt(text.slice(0, MAX_DIGITS))) };
  }

  #isPlain(start: number): boolean {
    for (let at = start; at < this.#at; at++)
      if ((this.#bytes[at] as number) < DIGIT_ZERO || (this.#bytes[at] as number) > 0x39) return false;
    return true;
  }

  #text(): ByteString {
    const bytes = this.#bytes;
    let parts = '';
    let from = ++this.#at;
    while (this.#at < bytes.length) {
      const byte = bytes[this.#at] as number;
      if (byte === QUOTE) {
        const text = parts + byteString(bytes, from, this.#at);
        this.#at++;
        return text;
      }
      if (byte < 0x20) break;
      if (byte === BACKSLASH) {
        parts += byteString(bytes, from, this.#at) + this.#escape();
        from = this.#at;
        if (this.#problem.message !== undefined) return '';
      } else this.#at++;
    }
    this.#problem.note(this.#at, `${this.#here()} inside a text`);
    return '';
  }

  /** Reads what follows a backslash; two halves of a surrogate pair are one character. */
  #escape(): ByteString {
    const at = this.#at;
    const letter = String.fromCharCode(this.#bytes[at + 1] ?? 0);
    if (letter !== 'u') {
      this.#at += 2;
      const plain = ESCAPES[letter];
      if (plain === undefined)
        this.#problem.note(at, 'a backslash is followed by something that JSON has no meaning for');
      return plain ?? '';
    }
    const first = this.#hex(at + 2);
    this.#at += 6;
    if (first < 0xd800 || first > 0xdfff) return fromUnicode(String.fromCharCode(first));
    const second = this.#startsWith('\\u') ? this.#hex(this.#at + 2) : 0;
    if (first > 0xdbff || second < 0xdc00 || second > 0xdfff)
      this.#problem.note(at, 'half of a surrogate pair is no character');
    this.#at += 6;
    return fromUnicode(String.fromCharCode(first, second));
  }

  #hex(at: number): number {
    const text = byteString(this.#bytes, at, Math.min(at + 4, this.#bytes.length));
    if (!/^[0-9a-fA-F]{4}$/.test(text)) this.#problem.note(at, '\\u is not followed by four hexadecimal digits');
    return Number.parseInt(text, 16) || 0;
  }

  #startsWith(word: string): boolean {
    for (let i = 0; i < word.length; i++) if (this.#bytes[this.#at + i] !== word.charCodeAt(i)) return false;
    return true;
  }

  #skipBlanks(): void {
    while (isBlank(this.#bytes[this.#at])) this.#at++;
  }

  #fail(what: string): JsonNode {
    this.#problem.note(this.#at, `${this.#here()} ${what}`);
    return { kind: 'null', at: this.#at };
  }

  /** What stands at the present place, for a message. */
  #here(): string {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) return 'the end of the line';
    return byte > 0x20 && byte < 0x7f
      ? `"${String.fromCharCode(byte)}"`
      : `byte 0x${byte.toString(16).padStart(2, '0')}`;
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0x0a;
}

/** Digits, signs, point and exponent. */
function isNumeric(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (
    (byte >= 0x30 && byte <= 0x39) || byte === 0x2b || byte === 0x2d || byte === 0x2e || byte === 0x45 || byte === 0x65
  );
}
