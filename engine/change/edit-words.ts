import { toUnicode, type ByteString } from '../model/byte-string.ts';
import type { ConditionChange, ConditionHunk } from './condition-hunks.ts';

/** Characters of a piece of a rule that a sentence quotes. */
const MOST_QUOTED = 90;
/** A piece shorter than this says little by itself; what follows it is shown too. */
const TELLING = 24;

/** A stretch of a condition before and after, with some of what follows where it is short. */
export function hunkTexts({ from, to }: ConditionChange, hunk: ConditionHunk): { before: string; after: string } {
  const longest = Math.max(hunk.from.end - hunk.from.start, hunk.to.end - hunk.to.start);
  const more = longest < TELLING ? followingWords(from.value.slice(hunk.from.end), TELLING - longest) : 0;
  const show = (text: ByteString, start: number, end: number) =>
    closed(toUnicode(text.slice(start, end)).replaceAll(/\s+/g, ' ').trim());
  return {
    before: show(from.value, hunk.from.start, hunk.from.end + more),
    after: show(to.value, hunk.to.start, hunk.to.end + more),
  };
}

/** A piece without a comma at its end, nor parentheses there that it does not open. */
function closed(text: string): string {
  let surplus = text.split(')').length - text.split('(').length;
  let end = text.length;
  for (; end > 1; end--) {
    const last = text[end - 1];
    if (last !== ',' && (last !== ')' || surplus-- <= 0)) break;
  }
  return text.slice(0, end);
}

/** Characters up to the end of the word that reaches so far. */
function followingWords(text: ByteString, least: number): number {
  const word = /^\s*\S+/;
  let length = 0;
  while (length < least) {
    const found = word.exec(text.slice(length));
    if (found === null) return length;
    length += found[0].length;
  }
  return length;
}

/** What became of a piece, in a few words: `` `a` became `b` ``, `` `a` added ``, `` `a` taken away ``. */
export function became(before: string, after: string): string {
  if (before === '') return `${quoted(after)} added`;
  if (after === '') return `${quoted(before)} taken away`;
  return `${quoted(before)} became ${quoted(after)}`;
}

/** A piece of a rule in backquotes, cut where it is long. */
export function quoted(text: string): string {
  const letters = [...text];
  const short = letters.length > MOST_QUOTED ? `${letters.slice(0, MOST_QUOTED - 3).join('')}...` : text;
  return `\`${short.replaceAll('`', "'")}\``;
}
