import { shortened } from '../../engine/explanation/visible-text.ts';
import type { ExplainedCheck } from '../../engine/explanation/explained-check.ts';
import type { TruthRow, TruthTable } from '../../engine/explanation/truth-table.ts';
import type { Paint } from './paint.ts';
import { placeText } from './place-text.ts';

/** Values begin no farther to the right than here. */
const MOST_LEFT = 72;
/** Characters of a value that are shown; the JSON has more. */
const MOST_VALUE = 60;
/** Deeper rows are not set in any further. */
const MOST_DEPTH = 30;

/** A row as it is printed: a `not` or a macro is one line with what is in it, where that is one part. */
interface Line {
  readonly depth: number;
  readonly row: TruthRow;
  readonly isCheck: boolean;
  readonly words: string;
  readonly about: string;
}

/** A truth table for people: ✓ and ✗ before each part, ▸ before those that decide, values and reasons on the right. */
export function truthTableText(table: TruthTable, paint: Paint): string[] {
  const lines = linesOf(table.rows);
  const wide = Math.min(MOST_LEFT, Math.max(0, ...lines.filter((line) => line.about !== '').map(width)));
  const text = lines.map((line) => lineText(line, wide, paint));
  const more = table.rowCount - table.rows.length;
  if (more > 0) text.push(`and ${more} more rows`);
  return [...text, '', paint('dim', '▸ decides; in parentheses what Falco does not come to')];
}

function linesOf(rows: readonly TruthRow[]): Line[] {
  const lines: Line[] = [];
  /** How many rows above a depth were taken into one line with the row below. */
  const merged: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const first = rows[i] as TruthRow;
    const words = [wordsOf(first)];
    const shift = merged[first.depth] ?? 0;
    let last = first;
    while (takesNext(last) && i + 1 < rows.length) {
      last = rows[++i] as TruthRow;
      words.push(wordsOf(last));
    }
    merged.length = last.depth + 1;
    merged[last.depth + 1] = shift + last.depth - first.depth;
    for (let depth = first.depth; depth <= last.depth; depth++) merged[depth] = shift;
    lines.push({
      depth: first.depth - shift,
      row: first,
      isCheck: last.check !== undefined,
      words: words.filter((word) => word !== '').join(' '),
      about: aboutOf(first, last),
    });
  }
  return lines;
}

function takesNext({ kind }: TruthRow): boolean {
  return kind === 'not' || kind === 'macro' || kind === 'exception';
}

function wordsOf({ kind, name, check }: TruthRow): string {
  switch (kind) {
    case 'and':
      return 'all of';
    case 'or':
      return 'any of';
    case 'check':
      return check?.check ?? '';
    case 'macro':
      return `${name}:`;
    case 'exception':
      return `not exception ${name}:`;
    case 'not':
      return 'not';
  }
}

function aboutOf(first: TruthRow, last: TruthRow): string {
  if (last.check !== undefined) return checkAbout(last.check);
  const named = first.kind === 'macro' || first.kind === 'exception' ? first : last;
  return named.name !== undefined && named.span !== undefined ? placeText(named.span) : '';
}

function checkAbout({ value, reason }: ExplainedCheck): string {
  if (value === undefined) return reason.text;
  return `is ${value === '' ? '""' : shortened(value, MOST_VALUE)}: ${reason.text}`;
}

function width({ depth, words }: Line): number {
  return Math.min(depth, MOST_DEPTH) * 2 + words.length;
}

function lineText(line: Line, wide: number, paint: Paint): string {
  const { depth, row, isCheck, words, about } = line;
  const mark = row.holds ? '✓' : '✗';
  const indent = '  '.repeat(Math.min(depth, MOST_DEPTH));
  const pad = about === '' ? '' : ' '.repeat(Math.max(0, wide - width(line)) + 2);
  const decisive = row.decisive && isCheck ? '▸' : ' ';
  if (!row.reached) return paint('dim', `${decisive}${indent}(${mark}) ${words}${pad}${about}`);
  const strong = row.decisive ? paint('bold', words) : words;
  return `${decisive}${indent} ${paint(row.holds ? 'green' : 'red', mark)}  ${strong}${pad}${paint('dim', about)}`;
}
