import type { Source } from '../../model/source.ts';

/** A stretch of a file that becomes another text. */
export interface Edit {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text of a file after its edits; they do not overlap. */
export function edited({ text }: Source, edits: readonly Edit[]): string {
  let done = '';
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    done += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return done + text.slice(at);
}

/** Lines around a change that are shown. */
const CONTEXT = 2;

/** What edits change, as a unified diff; empty when they change nothing. */
export function diffText(source: Source, edits: readonly Edit[]): string {
  let shift = 0;
  const hunks = edits
    .toSorted((a, b) => a.start - b.start)
    .flatMap((edit) => {
      const { head, removed, added, tail, line } = changedLines(source, edit);
      if (removed.length === 0 && added.length === 0) return [];
      const same = head.length + tail.length;
      const from = line - head.length + 1;
      const sizes = `-${from},${removed.length + same} +${from + shift},${added.length + same}`;
      shift += added.length - removed.length;
      const sign = (mark: string) => (text: string) => `${mark}${text}`;
      return [
        `@@ ${sizes} @@`,
        ...head.map(sign(' ')),
        ...removed.map(sign('-')),
        ...added.map(sign('+')),
        ...tail.map(sign(' ')),
      ];
    });
  return hunks.length === 0 ? '' : [`--- ${source.name}`, `+++ ${source.name}`, ...hunks, ''].join('\n');
}

interface ChangedLines {
  readonly head: readonly string[];
  readonly removed: readonly string[];
  readonly added: readonly string[];
  readonly tail: readonly string[];
  /** Number of the first changed line, from 0. */
  readonly line: number;
}

/** The whole lines that an edit touches, without those that stay as they were. */
function changedLines(source: Source, { start, end, text }: Edit): ChangedLines {
  const all = source.text;
  const from = all.lastIndexOf('\n', start - 1) + 1;
  const newline = all.indexOf('\n', end);
  const until = newline === -1 ? all.length : newline;
  const before = all.slice(from, until).split('\n');
  const after = (all.slice(from, start) + text + all.slice(end, until)).split('\n');
  let same = 0;
  while (same < before.length && same < after.length && before[same] === after[same]) same++;
  let last = 0;
  while (last < before.length - same && last < after.length - same && before.at(-1 - last) === after.at(-1 - last))
    last++;
  const lines = all.replace(/\n$/, '').split('\n');
  const line = source.position(from).line + same;
  const afterLine = line + before.length - same - last;
  return {
    head: lines.slice(Math.max(0, line - CONTEXT), line),
    removed: before.slice(same, before.length - last),
    added: after.slice(same, after.length - last),
    tail: lines.slice(afterLine, afterLine + CONTEXT),
    line,
  };
}
