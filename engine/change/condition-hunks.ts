import { ConditionBuilder } from '../filter/condition-builder.ts';
import type { ConditionText } from '../filter/condition-text.ts';
import { parseCondition } from '../filter/parse-condition.ts';
import { MAX_CONDITION_PARTS_CHARS } from '../model/limits.ts';
import { sequenceDiff, type Hunk } from './sequence-diff.ts';

/** A part of a condition that differs between two versions and can be taken back alone. Offsets are in the texts. */
export interface ConditionHunk {
  readonly from: Stretch;
  readonly to: Stretch;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Two versions of a condition and the parts in which they differ; none when only white space does. */
export interface ConditionChange {
  readonly from: ConditionText;
  readonly to: ConditionText;
  readonly hunks: readonly ConditionHunk[];
}

const TOKEN = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|<=|>=|!=|==|[(),=<>]|[^\s(),=<>!"']+|[^\s]/g;

/**
 * The parts in which two conditions differ, each of which makes a condition that can be read when it alone is taken
 * over, and when it alone is taken back. Where that can't be had, the whole condition is one part.
 */
export function conditionChange(from: ConditionText, to: ConditionText): ConditionChange {
  const before = tokensOf(from);
  const after = tokensOf(to);
  const hunks = alignedAll(sequenceDiff(before.texts, after.texts), before.texts, after.texts);
  const parts = balanced(hunks, before.texts, after.texts).map((hunk) => ({
    from: stretchOf(hunk.fromStart, hunk.fromEnd, before),
    to: stretchOf(hunk.toStart, hunk.toEnd, after),
  }));
  if (parts.length < 2) return { from, to, hunks: parts };
  const change = { from, to, hunks: parts };
  const isSmall = parts.length * (from.value.length + to.value.length) <= MAX_CONDITION_PARTS_CHARS;
  const alone =
    isSmall && parts.every((_, i) => reads(mixed(change, (at) => at === i)) && reads(mixed(change, (at) => at !== i)));
  if (alone) return change;
  const first = parts[0] as ConditionHunk;
  const last = parts.at(-1) as ConditionHunk;
  const whole = {
    from: { start: first.from.start, end: last.from.end },
    to: { start: first.to.start, end: last.to.end },
  };
  return { from, to, hunks: [whole] };
}

/** The condition with some of its changes made. */
export function mixed({ from, to, hunks }: ConditionChange, takes: (hunk: number) => boolean): ConditionText {
  const builder = new ConditionBuilder();
  let at = 0;
  hunks.forEach((hunk, number) => {
    if (!takes(number)) return;
    builder.append(from, at, hunk.from.start).glue(' ', from);
    builder.append(to, hunk.to.start, hunk.to.end).glue(' ', from);
    at = hunk.from.end;
  });
  return builder.append(from, at).build();
}

interface Tokens {
  readonly texts: readonly string[];
  readonly starts: readonly number[];
  readonly length: number;
}

function tokensOf({ value }: ConditionText): Tokens {
  const found = [...value.matchAll(TOKEN)];
  return { texts: found.map(([text]) => text), starts: found.map(({ index }) => index), length: value.length };
}

/** The letters of some tokens; where there are none, the place behind the token before. */
function stretchOf(start: number, end: number, { texts, starts }: Tokens): Stretch {
  const endOf = (token: number) => (token < 0 ? 0 : (starts[token] as number) + (texts[token] as string).length);
  if (start === end) return { start: endOf(start - 1), end: endOf(start - 1) };
  return { start: starts[start] as number, end: endOf(end - 1) };
}

const JOINTS: ReadonlySet<string> = new Set(['and', 'or', ',']);

function alignedAll(hunks: readonly Hunk[], before: readonly string[], after: readonly string[]): Hunk[] {
  let room = { fromEnd: 0, toEnd: 0 };
  return hunks.map((hunk) => {
    const most = Math.min(hunk.fromStart - room.fromEnd, hunk.toStart - room.toEnd);
    return (room = aligned(hunk, before, after, most));
  });
}

/** What was only added or only taken away moved so that it begins with the word or comma that joins it, where it can, `most` tokens back. */
function aligned(hunk: Hunk, before: readonly string[], after: readonly string[], most: number): Hunk {
  const { fromStart, fromEnd, toStart, toEnd } = hunk;
  if (fromStart !== fromEnd && toStart !== toEnd) return hunk;
  const [texts, start, end] = fromStart === fromEnd ? [after, toStart, toEnd] : [before, fromStart, fromEnd];
  for (let back = 0; back <= most; back++) {
    if (JOINTS.has(texts[start - back] as string)) {
      return { fromStart: fromStart - back, fromEnd: fromEnd - back, toStart: toStart - back, toEnd: toEnd - back };
    }
    if (texts[start - back - 1] !== texts[end - back - 1]) return hunk;
  }
  return hunk;
}

/** Parts put together until each opens as many parentheses as it did before. */
function balanced(hunks: readonly Hunk[], before: readonly string[], after: readonly string[]): Hunk[] {
  const whole: Hunk[] = [];
  let open: Hunk | undefined;
  let depth = 0;
  for (const hunk of hunks) {
    open = open === undefined ? hunk : { ...hunk, fromStart: open.fromStart, toStart: open.toStart };
    depth += depthOf(after.slice(hunk.toStart, hunk.toEnd)) - depthOf(before.slice(hunk.fromStart, hunk.fromEnd));
    if (depth !== 0) continue;
    whole.push(open);
    open = undefined;
  }
  return open === undefined ? whole : [...whole, open];
}

function depthOf(tokens: readonly string[]): number {
  return tokens.reduce((depth, token) => depth + (token === '(' ? 1 : token === ')' ? -1 : 0), 0);
}

function reads(condition: ConditionText): boolean {
  return parseCondition(condition).failure === undefined;
}
