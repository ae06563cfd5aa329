import type { ByteString } from '../model/byte-string.ts';
import { nearest } from '../model/nearest.ts';
import type { Lexer } from './lexer.ts';
import { OPERATOR_TABLE, TRANSFORMER_TABLE } from './operators.ts';

/** What stands where reading stopped, and what was probably meant. The first row that fits counts. */
const HINTS: readonly (readonly [before: RegExp, at: RegExp, hint: string])[] = [
  [/\)\s*$/, /^(and|or)\b/, "after 'or(' or 'and(' put a blank before the parenthesis, or parenthesise the whole"],
  [/./, /^(AND|And)\b/, "write 'and' in lower case, with a blank or '(' after it"],
  [/./, /^(OR|Or)\b/, "write 'or' in lower case, with a blank or '(' after it"],
  [/./, /^(NOT|Not)\b/, "write 'not' in lower case, before the check: not proc.name = cat"],
  [/(and|or)$/, /^[^\s(]/, "put a blank after 'and' and 'or'"],
  [/./, /^&&/, "write 'and' for &&"],
  [/./, /^\|\|/, "write 'or' for ||"],
  [/^$|[\s(]$/, /^!/, "write 'not' for !"],
  [/[=<>]\s*$/, /^=/, "one '=' is enough, and '!=' is not equal"],
  [/=\s*$/, /^\(/, "compare with several values by 'in (a, b)'"],
  [/[<>]=?\s*$/, /^/, 'only numbers and fields can be ordered; put text comparisons in glob, startswith or regex'],
  [/\bin\s*$/, /^["'/]/, 'put the values in parentheses: in (a, b)'],
  [/,\s*$/, /^\)/, 'take the comma before the parenthesis away'],
  [/./, /^["']/, 'check that the quote is closed, and that no backslash stands right before its end'],
];

/** What to do about a condition that can't be read; the lexer is where Falco's parser stopped. */
export function parseHint(lexer: Lexer, message: string): string | undefined {
  const before = lexer.value.slice(Math.max(0, lexer.offset - 64), lexer.offset);
  const at = lexer.value.slice(lexer.offset, lexer.offset + 64);
  if (message.startsWith('expected a valid check operator')) return operatorHint(at);
  if (message.startsWith('unexpected token after') && at.startsWith('(')) return transformerHint(lexer.last, before);
  return HINTS.find(([left, right]) => left.test(before) && right.test(at))?.[2];
}

/** A longer word is no word; an output of many bad fields would otherwise be walked to its end for each. */
const LONGEST_WORD = 256;

/** The offset after the word at which reading stopped, for the eye: at least one character when there is one. */
export function stoppedAt(value: ByteString, stop: number): number {
  let end = stop;
  const last = Math.min(value.length, stop + LONGEST_WORD);
  while (end < last && /[^\s()=,]/.test(value[end] as string)) end++;
  return Math.min(value.length, Math.max(end, stop + 1));
}

function operatorHint(at: ByteString): string | undefined {
  const word = /^[a-z]+/i.exec(at)?.[0];
  if (word === undefined)
    return /^[[.]/.test(at) ? 'a field name has letters, digits and dots, and one [argument]' : undefined;
  const near = nearest(word, [...OPERATOR_TABLE.map((row) => row.word), 'like', 'matches']);
  if (near === 'like' || near === 'matches') return "did you mean 'glob' or 'regex'?";
  return near === undefined ? undefined : `did you mean '${near}'?`;
}

function transformerHint(word: ByteString, before: ByteString): string | undefined {
  if (word === 'val') return 'val() can stand on the right of an operator only';
  const words = TRANSFORMER_TABLE.map((row) => row.word);
  if (words.includes(word)) return before.endsWith(word) ? undefined : `no blank may stand between '${word}' and '('`;
  const near = nearest(word, words) ?? words.find((candidate) => candidate.endsWith(word.toLowerCase()));
  return near === undefined ? undefined : `did you mean '${near}('?`;
}
