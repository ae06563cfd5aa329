import type { Tally } from './tally.ts';

const NOTHING = '(no alert)';

/**
 * Compares alerts line by line. An alert that one side alone has is one difference and doesn't shift those behind it:
 * lines belong together when time and rule (in a text line time and priority) are the same.
 */
export function compareLines(expected: readonly string[], found: readonly string[], tally: Tally): void {
  if (expected.length === found.length && expected.every((line, index) => line === found[index])) {
    return tally.equal(expected.length);
  }
  const waiting = Map.groupBy(found, keyOf);
  const inTurn: string[] = [];
  for (const line of expected) {
    const key = keyOf(line);
    const other = waiting.get(key)?.shift();
    if (other !== undefined) inTurn.push(other);
    tally.compare(key, line, other ?? NOTHING);
  }
  const extra = [...waiting].flatMap(([key, lines]) => lines.map((line) => ({ key, line })));
  for (const { key, line } of extra) tally.compare(key, NOTHING, line);
  const known = new Set(extra.map(({ line }) => line));
  const order = found.filter((line) => !known.has(line));
  if (order.join() !== inTurn.join()) tally.compare('order of the alerts', inTurn.join('\n'), order.join('\n'));
}

function keyOf(line: string): string {
  const json = /"rule":("(?:[^"\\]|\\.)*").*"time":"([^"]*)"/.exec(line);
  if (json !== null) return `${json[2]} ${json[1]}`;
  return /^\S+ \w+/.exec(line)?.[0] ?? line;
}
