import { asciiLower } from '../fields/transform-case.ts';

/** Longest name of a class between `[:` and `:]`, as in glibc. */
const MAX_CLASS_NAME = 2048;

const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /^[0-9A-Za-z]$/,
  alpha: /^[A-Za-z]$/,
  blank: /^[ \t]$/,
  // eslint-disable-next-line no-control-regex
  cntrl: /^[\x00-\x1f\x7f]$/,
  digit: /^[0-9]$/,
  graph: /^[!-~]$/,
  lower: /^[a-z]$/,
  print: /^[ -~]$/,
  punct: /^[!-/:-@[-`{-~]$/,
  space: /^[\t-\r ]$/,
  upper: /^[A-Z]$/,
  xdigit: /^[0-9A-Fa-f]$/,
};

/** What one step through a bracket expression says. */
type Step = { readonly matched: boolean; readonly end: number } | 'ill-formed';

/**
 * Whether the bracket expression whose `[` is at `start` takes one character, as glibc's fnmatch(3) in the C locale
 * decides it: `!` or `^` negates, a backslash escapes, `[:class:]`, `[=x=]` and `[.x.]` are known.
 *
 * @returns where the pattern goes on, or -1 when the character is not taken; an unclosed bracket is a plain `[`
 */
export function matchBracket(pattern: string, start: number, character: string, fold: boolean): number {
  let at = start + 1;
  const negated = pattern[at] === '!' || pattern[at] === '^';
  if (negated) at++;
  for (let first = true; at < pattern.length; first = false) {
    if (pattern[at] === ']' && !first) return negated ? at + 1 : -1;
    const step = readItem(pattern, at, character, fold);
    if (step === 'ill-formed') return -1;
    at = step.end;
    if (!step.matched) continue;
    const end = skipRest(pattern, at);
    if (end === 'unclosed') break;
    return end === 'ill-formed' || negated ? -1 : end;
  }
  return character === '[' ? start + 1 : -1;
}

function readItem(pattern: string, at: number, character: string, fold: boolean): Step {
  const kind = pattern[at] === '[' ? pattern[at + 1] : undefined;
  if (kind === ':') {
    const name = classNameAt(pattern, at);
    if (name === 'ill-formed') return name;
    if (name !== undefined) {
      const members = Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;
      if (members === undefined) return 'ill-formed';
      return { matched: members.test(character), end: at + name.length + 4 };
    }
  }
  if (kind === '=' && pattern[at + 2] !== undefined && pattern[at + 3] === '=' && pattern[at + 4] === ']') {
    return { matched: character === pattern[at + 2], end: at + 5 };
  }
  if (kind === '.') {
    const close = pattern.indexOf('.]', at + 2);
    if (close !== at + 3) return 'ill-formed';
    const symbol = pattern[at + 2] as string;
    const isRange = pattern[close + 2] === '-' && close + 3 < pattern.length;
    return isRange && pattern[close + 3] !== ']'
      ? readRange(pattern, close + 2, symbol, character, fold)
      : { matched: !isRange && character === symbol, end: close + 2 };
  }
  return readPlain(pattern, at, character, fold);
}

/** One character, escaped or not, or a range that begins with it. */
function readPlain(pattern: string, at: number, character: string, fold: boolean): Step {
  const escaped = pattern[at] === '\\';
  const low = pattern[escaped ? at + 1 : at];
  if (low === undefined) return 'ill-formed';
  const end = escaped ? at + 2 : at + 1;
  const folded = fold ? asciiLower(low) : low;
  const isRange = pattern[end] === '-' && end + 1 < pattern.length && pattern[end + 1] !== ']';
  if (isRange) return readRange(pattern, end, folded, character, fold);
  return { matched: folded === (fold ? asciiLower(character) : character), end };
}

/** A range whose hyphen is at `hyphen`; its upper end may be a `[.x.]` too. */
function readRange(pattern: string, hyphen: number, low: string, character: string, fold: boolean): Step {
  let at = hyphen + 1;
  const symbol = pattern.startsWith('[.', at);
  if (symbol && pattern.indexOf('.]', at + 2) !== at + 3) return 'ill-formed';
  if (symbol) at += 2;
  else if (pattern[at] === '\\') at++;
  const high = pattern[at];
  if (high === undefined) return 'ill-formed';
  const folded = fold ? asciiLower(character) : character;
  const matched = low <= folded && folded <= (fold ? asciiLower(high) : high);
  return { matched, end: symbol ? at + 3 : at + 1 };
}

/** The name in `[:name:]` at `at`; undefined when this is no class and its `[` is a plain character. */
function classNameAt(pattern: string, at: number): string | 'ill-formed' | undefined {
  let end = at + 2;
  while (end < pattern.length && (pattern[end] as string) >= 'a' && (pattern[end] as string) < 'z') {
    if (end - at > MAX_CLASS_NAME) return 'ill-formed';
    end++;
  }
  return pattern[end] === ':' && pattern[end + 1] === ']' ? pattern.slice(at + 2, end) : undefined;
}

/** Past the `]` of an expression one of whose items matched. */
function skipRest(pattern: string, start: number): number | 'ill-formed' | 'unclosed' {
  for (let at = start; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === ']') return at + 1;
    if (character === '\\') {
      if (++at >= pattern.length) return 'ill-formed';
    } else if (character === '[') {
      const kind = pattern[at + 1];
      if (kind === ':') {
        const name = classNameAt(pattern, at);
        if (name === 'ill-formed') return 'ill-formed';
        if (name !== undefined) at += name.length + 3;
      } else if (kind === '=' && pattern[at + 3] === '=' && pattern[at + 4] === ']') {
        at += 4;
      } else if (kind === '.') {
        const close = pattern.indexOf('.]', at + 2);
        if (close === -1) return 'ill-formed';
        at = close + 1;
      }
    }
  }
  return 'unclosed';
}
