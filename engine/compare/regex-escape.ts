import { MAX_RUNE } from './regex-class.ts';
import { Refusal } from './refusal.ts';

/** An escape that was read: the code point it stands for, and where the text goes on. */
interface Escape {
  readonly rune: number;
  readonly end: number;
}

/** What RE2 says of a pattern that ends where it must read one more character. */
export const CUT_SHORT = 'invalid UTF-8';

const LETTERS: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** Reads the escape that begins with the backslash at `start`. There are no classes, anchors or backreferences. */
export function readEscape(runes: readonly string[], start: number): Escape | Refusal {
  const letter = runes[start + 1];
  if (letter === undefined) return new Refusal('trailing \\');
  if (letter === 'x') return readHex(runes, start);
  if (letter >= '0' && letter <= '7') return readOctal(runes, start);
  if (Object.hasOwn(LETTERS, letter)) return { rune: LETTERS[letter] as number, end: start + 2 };
  if (letter.length === 1 && letter < '\x80' && !/[0-9A-Za-z]/.test(letter)) {
    return { rune: letter.charCodeAt(0), end: start + 2 };
  }
  return badEscape(runes, start, start + 2);
}

/** A single digit would be a backreference, but `\0` is NUL; up to three digits. */
function readOctal(runes: readonly string[], start: number): Escape | Refusal {
  const isOctal = (at: number) => /^[0-7]$/.test(runes[at] ?? '');
  if (runes[start + 1] !== '0' && !isOctal(start + 2)) return badEscape(runes, start, start + 2);
  let end = start + 2;
  while (end < start + 4 && isOctal(end)) end++;
  return { rune: Number.parseInt(runes.slice(start + 1, end).join(''), 8), end };
}

/** `\x41` or `\x{1F600}`. */
function readHex(runes: readonly string[], start: number): Escape | Refusal {
  const isHex = (at: number) => /^[0-9A-Fa-f]$/.test(runes[at] ?? '');
  if (runes[start + 2] !== '{') {
    const end = Math.min(start + 4, runes.length);
    if (!isHex(start + 2) || !isHex(start + 3)) return badEscape(runes, start, end === start + 3 ? start + 3 : end);
    return { rune: Number.parseInt(runes.slice(start + 2, end).join(''), 16), end };
  }
  if (runes[start + 3] === undefined) return new Refusal(CUT_SHORT);
  let rune = 0;
  let at = start + 3;
  for (; isHex(at); at++) {
    rune = rune * 16 + Number.parseInt(runes[at] as string, 16);
    if (rune > MAX_RUNE) return badEscape(runes, start, at + 1);
  }
  if (at === start + 3 || runes[at] !== '}') return badEscape(runes, start, Math.min(at + 1, runes.length));
  return { rune, end: at + 1 };
}

function badEscape(runes: readonly string[], start: number, end: number): Refusal {
  return new Refusal(
    `invalid escape sequence: ${runes.slice(start, end).join('')}`,
    'regex is RE2 in POSIX mode: write [0-9] for \\d, [[:alnum:]_] for \\w, [[:space:]] for \\s',
  );
}
