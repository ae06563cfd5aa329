import type { ByteString } from '../model/byte-string.ts';
import { asciiLower } from '../fields/transform-case.ts';
import { matchBracket } from './glob-bracket.ts';

/**
 * A pattern of `glob` and `iglob`: fnmatch(3) in the C locale without flags, so that `*` and `?` take slashes and
 * leading dots too.
 *
 * @param fold ASCII letters match in either case
 */
export function compileGlob(pattern: ByteString, fold: boolean): (text: ByteString) => boolean {
  if (/[?[\\]/.test(pattern)) return compileAny(pattern, fold);
  const matches = compileStars(fold ? asciiLower(pattern) : pattern);
  return fold ? (text) => matches(asciiLower(text)) : matches;
}

/** A pattern in which nothing but stars is special: its pieces are looked for from left to right. */
function compileStars(pattern: ByteString): (text: ByteString) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (text) => text === pattern;
  return (text) => {
    const end = text.length - last.length;
    if (!text.startsWith(first) || !text.endsWith(last) || end < first.length) return false;
    let at = first.length;
    for (const piece of rest) {
      const found = text.indexOf(piece, at);
      if (found === -1) return false;
      at = found + piece.length;
    }
    return at <= end;
  };
}

/**
 * Any pattern. All places in it that the text so far can have reached are followed at once, so the time is bounded by the
 * product of both lengths, whatever the pattern.
 */
function compileAny(pattern: ByteString, fold: boolean): (text: ByteString) => boolean {
  const places = pattern.length + 1;
  const reached = new Int32Array(places);
  let here = new Int32Array(places);
  let next = new Int32Array(places);
  let round = 0;

  /** Adds a place and, since a star takes nothing too, the places after its stars. */
  const add = (list: Int32Array, count: number, place: number): number => {
    for (let at = place; reached[at] !== round; at++) {
      reached[at] = round;
      list[count++] = at;
      if (pattern[at] !== '*') break;
    }
    return count;
  };

  return (text) => {
    round++;
    let count = add(here, 0, 0);
    for (let i = 0; i < text.length && count > 0; i++) {
      round++;
      let following = 0;
      for (let j = 0; j < count; j++) {
        const place = here[j] as number;
        const end = pattern[place] === '*' ? place : takeOne(pattern, place, text[i] as string, fold);
        if (end !== -1) following = add(next, following, end);
      }
      [here, next, count] = [next, here, following];
    }
    for (let j = 0; j < count; j++) if (here[j] === pattern.length) return true;
    return false;
  };
}

/** Where the pattern goes on when the item at `place` takes the character; -1 when it does not. */
function takeOne(pattern: ByteString, place: number, character: string, fold: boolean): number {
  const item = pattern[place];
  if (item === undefined) return -1;
  if (item === '?') return place + 1;
  if (item === '[') return matchBracket(pattern, place, character, fold);
  const at = item === '\\' ? place + 1 : place;
  const literal = pattern[at];
  if (literal === undefined) return -1;
  const same = literal === character || (fold && asciiLower(literal) === asciiLower(character));
  return same ? at + 1 : -1;
}
