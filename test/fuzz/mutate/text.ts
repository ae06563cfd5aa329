import type { Random } from '../random.ts';
import { MAX_INPUT } from '../target.ts';
import { strangeText } from '../words/strange-text.ts';

/** What changes of a text are made with. */
export interface TextWords {
  /** Words of the language. */
  readonly words: readonly string[];
  /** Other texts, to take pieces from. */
  readonly samples: readonly string[];
}

/** Words, numbers, runs of blanks, and every other letter alone. */
const TOKENS = /[a-zA-Z0-9_.]+|[ \t]+|[^]/g;
/** Longer texts are not cut into tokens, which would take most of the time. */
const MAX_TOKENISED = 32 * 1024;
/** What is put around a stretch. */
const PAIRS = [
  ['(', ')'],
  ['not (', ')'],
  ['[', ']'],
  ['{', '}'],
  ['"', '"'],
  ["'", "'"],
  ['tolower(', ')'],
  ['- ', ''],
  ['  ', ''],
] as const;

/** Makes some changes to a text. */
export function changeText(text: string, random: Random, words: TextWords): string {
  let changed = text;
  for (let left = random.once(3) ? random.count(5) : 1; left > 0; left--) changed = changeOnce(changed, random, words);
  return changed.length > MAX_INPUT ? changed.slice(0, MAX_INPUT) : changed;
}

function changeOnce(text: string, random: Random, words: TextWords): string {
  const kind = random.below(10);
  if (kind < 5 && text.length <= MAX_TOKENISED) return changeParts(text.match(TOKENS) ?? [], '', random, words);
  if (kind < 8) return changeParts(text.split('\n'), '\n', random, words);
  return changeLetters(text, random, words);
}

/** Changes a text as the tokens or lines that it is made of. */
function changeParts(parts: string[], between: string, random: Random, { words, samples }: TextWords): string {
  const { from, to } = random.stretch(parts.length);
  const at = random.below(parts.length + 1);
  const some = parts.slice(from, to);
  const put = (start: number, end: number, pieces: readonly string[]) =>
    [...parts.slice(0, start), ...pieces, ...parts.slice(end)].join(between);
  switch (random.below(9)) {
    case 0:
      return put(from, to, []);
    case 1:
      return put(at, at, [random.pick(words)]);
    case 2:
      return put(from, from + 1, [random.pick(words)]);
    case 3:
      return put(at, at, [repeated(some.join(between) + between, random)]);
    case 4:
      return put(at, at, [pieceOf(random.pick(samples), between, random)]);
    case 5:
      return put(at, at, some);
    case 6:
      return put(at, at, [strangeText(random)]);
    case 7: {
      const [open, close] = random.pick(PAIRS);
      const times = random.once(20) ? random.count(6_000) : random.count(3);
      return put(from, to, [open.repeat(times) + (some[0] ?? ''), ...some.slice(1), close.repeat(times)]);
    }
    default:
      return put(from, to, between === '\n' ? indented(some, random) : some.toReversed());
  }
}

function indented(lines: readonly string[], random: Random): string[] {
  const blanks = ' '.repeat(random.count(3));
  return random.once(2) ? lines.map((line) => blanks + line) : lines.map((line) => line.replace(/^ {1,2}/, ''));
}

function changeLetters(text: string, random: Random, { samples }: TextWords): string {
  const at = random.below(text.length + 1);
  const { from, to } = random.stretch(text.length);
  const put = (piece: string, end = at) => text.slice(0, at) + piece + text.slice(end);
  switch (random.below(6)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, from) + text.slice(to);
    case 2:
      return put(strangeText(random));
    case 3:
      return put(String.fromCharCode(random.below(random.once(4) ? 0x10000 : 0x80)), at + 1);
    case 4:
      return put(pieceOf(random.pick(samples), '', random));
    default:
      return put(repeated(text.slice(from, to), random));
  }
}

/** A piece over and over, sometimes until it shows what grows faster than its input. */
function repeated(piece: string, random: Random): string {
  const most = Math.floor(MAX_INPUT / 2 / Math.max(1, piece.length));
  return piece.repeat(random.once(80) ? random.below(most + 1) : Math.min(most, random.count(8)));
}

/** A stretch of a sample: of its lines, or of its letters. */
function pieceOf(sample: string, between: string, random: Random): string {
  const parts = between === '\n' ? sample.split('\n') : sample;
  const { from, to } = random.stretch(parts.length);
  return typeof parts === 'string' ? parts.slice(from, to) : parts.slice(from, to).join('\n');
}
