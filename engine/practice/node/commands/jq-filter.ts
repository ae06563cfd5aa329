import { MAX_NODE_OUTPUT_CHARS } from '../../../model/practice-limits.ts';

/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A filter: of one value it makes any number of them. */
export type Filter = (value: Json) => readonly Json[];

/** A program that is none, or that can't be applied to a value. */
export class JqProblem extends Error {}

const MAX_DEPTH = 50;
/** Values that one filter may make of one value. */
const MAX_VALUES = 10_000;
const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?)|(==|!=|>=|<=|[.[\]()|,:?<>])|([A-Za-z_@][A-Za-z0-9_]*))/y;

/**
 * Reads a program of jq, as much of it as is needed to look into alerts: paths, `|`, `,`, `[...]`, comparisons, `and`,
 * `or`, `not`, `select`, `keys`, `length`, `contains`, `startswith`, `endswith`, `unique`, `sort`, `@tsv`, `@csv`.
 */
export function readFilter(program: string): Filter {
  const reader = new FilterReader(tokensOf(program));
  const filter = reader.pipe(0);
  reader.end();
  return filter;
}

function tokensOf(program: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (program.slice(TOKEN.lastIndex).trim() !== '') {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(program);
    if (match === null) throw new JqProblem(`syntax error at '${program.slice(at, at + 20)}'`);
    tokens.push(match[0].trim());
  }
  return tokens;
}

class FilterReader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw new JqProblem(`syntax error: unexpected '${this.#tokens[this.#at]}'`);
  }

  pipe(depth: number): Filter {
    if (depth > MAX_DEPTH) throw new JqProblem('too many brackets within each other');
    let whole = this.#comma(depth);
    while (this.#takes('|')) {
      const [first, second] = [whole, this.#comma(depth)];
      whole = (value) => bounded(first(value).flatMap((one) => second(one)));
    }
    return whole;
  }

  #comma(depth: number): Filter {
    const parts = [this.#logic(depth)];
    while (this.#takes(',')) parts.push(this.#logic(depth));
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : (value) => bounded(parts.flatMap((part) => part(value)));
  }

  #logic(depth: number): Filter {
    let whole = this.#comparison(depth);
    for (;;) {
      const word = this.#tokens[this.#at];
      if (word !== 'and' && word !== 'or') return whole;
      this.#at++;
      const [first, second] = [whole, this.#comparison(depth)];
      whole = (value) => {
        const is = isTrue(first(value)[0]);
        return [word === 'and' ? is && isTrue(second(value)[0]) : is || isTrue(second(value)[0])];
      };
    }
  }

  #comparison(depth: number): Filter {
    const left = this.#term(depth);
    const operator = this.#tokens[this.#at] ?? '';
    const compare = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
    if (compare === undefined) return left;
    this.#at++;
    const right = this.#term(depth);
    return (value) => bounded(left(value).flatMap((one) => right(value).map((other) => compare(one, other))));
  }

  #term(depth: number): Filter {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new JqProblem('syntax error: it ends too early');
    if (token === '.') return this.#path((value) => [value], true, depth);
    if (token === '(') return this.#path(this.#closed(')', depth), false, depth);
    if (token === '[') {
      const inner = this.#takes(']') ? (): Json[] => [] : this.#closed(']', depth);
      return this.#path((value) => [weighed([...inner(value)])], false, depth);
    }
    if (/^["\d-]|^(?:true|false|null)$/.test(token)) {
      const literal = literalOf(token);
      return () => [literal];
    }
    return this.#function(token, depth);
  }

  #closed(close: string, depth: number): Filter {
    const inner = this.pipe(depth + 1);
    if (!this.#takes(close)) throw new JqProblem(`syntax error: '${close}' is missing`);
    return inner;
  }

  /** What follows a `.`: names, texts in quotes, brackets. */
  #path(start: Filter, isFresh: boolean, depth: number): Filter {
    let whole = start;
    let isOpen = isFresh;
    for (;;) {
      const token = this.#tokens[this.#at] ?? '';
      if (isOpen && /^["A-Za-z_]/.test(token)) {
        this.#at++;
        const key = token.startsWith('"') ? String(literalOf(token)) : token;
        whole = then(whole, (value) => [member(value, key)]);
        isOpen = false;
      } else if (token === '[') {
        this.#at++;
        whole = then(whole, this.#brackets(depth));
        isOpen = false;
      } else if (token === '?') this.#at++;
      else if (token === '.' && !isOpen) {
        this.#at++;
        isOpen = true;
      } else return whole;
    }
  }

  #brackets(depth: number): Filter {
    if (this.#takes(']')) return elements;
    const inner = this.#closed(']', depth);
    return (value) => inner(value).map((key) => member(value, key));
  }

  #function(name: string, depth: number): Filter {
    const argument = this.#takes('(') ? this.#closed(')', depth) : undefined;
    if (name === 'select' && argument !== undefined) return (value) => (isTrue(argument(value)[0]) ? [value] : []);
    if (name === 'map' && argument !== undefined) return (value) => [weighed(elements(value).flatMap(argument))];
    const test = Object.hasOwn(TESTS, name) ? TESTS[name] : undefined;
    if (test !== undefined && argument !== undefined) {
      return (value) => argument(value).map((other) => test(String(value), String(other)));
    }
    const own = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (own === undefined || argument !== undefined) throw new JqProblem(`${name} is not to be had here`);
    return (value) => [own(value)];
  }

  #takes(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }
}

const COMPARISONS: Readonly<Record<string, (one: Json, other: Json) => boolean>> = {
  '==': (one, other) => JSON.stringify(one) === JSON.stringify(other),
  '!=': (one, other) => JSON.stringify(one) !== JSON.stringify(other),
  '<': (one, other) => order(one, other) < 0,
  '>': (one, other) => order(one, other) > 0,
  '<=': (one, other) => order(one, other) <= 0,
  '>=': (one, other) => order(one, other) >= 0,
};
const TESTS: Readonly<Record<string, (text: string, other: string) => boolean>> = {
  contains: (text, other) => text.includes(other),
  startswith: (text, other) => text.startsWith(other),
  endswith: (text, other) => text.endsWith(other),
};
const FUNCTIONS: Readonly<Record<string, (value: Json) => Json>> = {
  keys: (value) => (Array.isArray(value) ? value.map((_, i) => i) : Object.keys(objectOf(value)).toSorted()),
  length: (value) =>
    typeof value === 'string' || Array.isArray(value) ? value.length : Object.keys(objectOf(value)).length,
  not: (value) => !isTrue(value),
  sort: (value) => elements(value).toSorted(order),
  unique: (value) => [...new Map(elements(value).map((one) => [JSON.stringify(one), one])).values()].toSorted(order),
  '@tsv': (value) => elements(value).map(textOfJson).join('\t'),
  '@csv': (value) =>
    elements(value)
      .map((one) => JSON.stringify(one))
      .join(','),
};

function then(first: Filter, second: Filter): Filter {
  return (value) => bounded(first(value).flatMap((one) => second(one)));
}

function elements(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null) return Object.values(value);
  throw new JqProblem(`Cannot iterate over ${value === null ? 'null' : typeof value}`);
}

function member(value: Json, key: Json): Json {
  if (value === null) return null;
  if (Array.isArray(value) && typeof key === 'number') return (value.at(key) as Json | undefined) ?? null;
  if (typeof value !== 'object' || Array.isArray(value) || typeof key !== 'string') {
    throw new JqProblem(`Cannot index ${Array.isArray(value) ? 'array' : typeof value} with ${JSON.stringify(key)}`);
  }
  return Object.hasOwn(value, key) ? ((value as Readonly<Record<string, Json>>)[key] as Json) : null;
}

function objectOf(value: Json): Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : {};
}

function literalOf(token: string): Json {
  try {
    return JSON.parse(token) as Json;
  } catch {
    throw new JqProblem(`${token} is no text`);
  }
}

function isTrue(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== false;
}

function order(one: Json, other: Json): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  const [a, b] = [textOfJson(one), textOfJson(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function textOfJson(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** How long values are when they are written, by the arrays and objects that hold them: one may stand in others often. */
const WEIGHTS = new WeakMap<object, number>();

/** Throws where an array would be longer than anything that can be written. */
function weighed(values: readonly Json[]): readonly Json[] {
  if (weightOf(values) > MAX_NODE_OUTPUT_CHARS) throw new JqProblem('it makes too much');
  return values;
}

function weightOf(value: Json): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 8;
  let weight = WEIGHTS.get(value);
  if (weight === undefined) {
    const parts = Array.isArray(value) ? value : Object.entries(value).flat();
    weight = (parts as readonly Json[]).reduce<number>((sum, one) => sum + weightOf(one) + 1, 2);
    WEIGHTS.set(value, weight);
  }
  return weight;
}

function bounded(values: readonly Json[]): readonly Json[] {
  if (values.length > MAX_VALUES) throw new JqProblem('it makes too many values');
  return values;
}
