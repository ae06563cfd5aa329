import type { SetOutcome } from './crew.ts';
import type { Count, Difference } from './tally.ts';

const HEAD = ['set', 'units', 'cases', 'equal', 'different', 'excluded'];
/** Characters shown of a text that differs, and of those how many before the place where it does. */
const SHOWN = 200;
const BEFORE = 60;

/** The outcomes as text: a table, why cases are excluded, and the first differences of each set. */
export function tableText(outcomes: readonly SetOutcome[], differencesShown: number): string {
  const rows = [HEAD, ...outcomes.map(rowOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[column] as number),
      )
      .join('  '),
  );
  return [
    ...lines,
    ...outcomes.flatMap(exclusionLines),
    ...outcomes.flatMap((one) => differenceLines(one, differencesShown)),
    '',
  ].join('\n');
}

/** A case of a kind that says nothing is excluded only where it differs. */
function rowOf({ set, units, equal, different, excluded }: SetOutcome): string[] {
  const apart = Object.values(excluded);
  const alike = equal + apart.reduce((sum, count) => sum + count.equal, 0);
  const forgiven = apart.reduce((sum, count) => sum + count.different, 0);
  return [set.name, ...[units, alike + different + forgiven, alike, different, forgiven].map(grouped)];
}

function exclusionLines({ set, excluded }: SetOutcome): string[] {
  const lines = Object.entries(excluded).map(([reason, count]) => `  ${set.name}: ${reason}: ${countText(count)}`);
  return lines.length === 0 ? [] : ['', ...lines];
}

function countText({ equal, different }: Count): string {
  return `${grouped(equal + different)} apart, ${grouped(equal)} of them equal, ${grouped(different)} excluded`;
}

function differenceLines({ set, different, differences }: SetOutcome, most: number): string[] {
  if (different === 0) return [];
  const shown = differences.slice(0, most);
  return ['', `${set.name}: the first ${shown.length} of ${grouped(different)} differences`, ...shown.flatMap(linesOf)];
}

function linesOf({ unit, what, event, expected, found }: Difference): string[] {
  const place = event === undefined ? unit : `${unit}, event ${event}`;
  const from = Math.max(0, firstDifference(expected, found) - BEFORE);
  const cut = (text: string): string =>
    `${from > 0 ? '...' : ''}${text.slice(from, from + SHOWN).replaceAll('\n', '\\n')}`;
  return [`  ${place}: ${what.slice(0, SHOWN)}`, `    expected ${cut(expected)}`, `    found    ${cut(found)}`];
}

function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

/** Thousands apart by commas. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
