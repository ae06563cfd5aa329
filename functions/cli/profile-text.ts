import type { RuleProfile } from '../../engine/profile.ts';

/** Lines of each table; who wants all takes JSON. */
const MOST_LINES = 25;
/** Characters of a condition; one with a long list is not read to its end. */
const MOST_CHARS = 100;

/** Where the time of deciding rules went, for people: rules, then conditions, the most first. */
export function profileText({ milliseconds, decided, rules, conditions }: RuleProfile): string {
  const share = (part: number): string => `${(milliseconds === 0 ? 0 : (100 * part) / milliseconds).toFixed(1)} %`;
  const asked = conditions.filter((one) => one.decided > 0);
  return [
    '',
    `deciding took ${time(milliseconds)}: ${count(decided)} decisions of ${asked.length} conditions; ${conditions.length - asked.length} conditions were never asked`,
    '',
    ...table(
      ['time', 'share', 'alone', 'decided', 'rule'],
      rules
        .filter((one) => one.decided > 0)
        .map((one) => [
          time(one.milliseconds),
          share(one.milliseconds),
          time(one.ownMilliseconds),
          count(one.decided),
          one.rule,
        ]),
    ),
    '',
    ...table(
      ['time', 'share', 'decided', 'held', 'rules', 'condition'],
      asked.map((one) => [
        time(one.milliseconds),
        share(one.milliseconds),
        count(one.decided),
        count(one.held),
        String(one.rules.length),
        one.condition.length > MOST_CHARS ? `${one.condition.slice(0, MOST_CHARS - 1)}…` : one.condition,
      ]),
    ),
    '',
    'A condition that several rules ask counts for each in parts; alone is what no other rule asks. What was',
    'remembered about a process or a text was not decided again. Times are estimates from every 16th decision.',
    '',
  ].join('\n');
}

/** The same for machines, whole, on a line of its own with the one key `profile`. */
export function profileJson(profile: RuleProfile): string {
  return `${JSON.stringify({ profile })}\n`;
}

/** Numbers to the right, what they are about behind them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const shown = [head, ...rows.slice(0, MOST_LINES)];
  const widths = head.map((_, at) => Math.max(...shown.map((row) => row[at]?.length ?? 0)));
  const lines = shown.map((row) =>
    `  ${row.map((cell, at) => (at === head.length - 1 ? cell : cell.padStart(widths[at] ?? 0))).join('  ')}`.trimEnd(),
  );
  return rows.length > MOST_LINES ? [...lines, `  and ${rows.length - MOST_LINES} more`] : lines;
}

function time(milliseconds: number): string {
  return milliseconds < 1_000 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1_000).toFixed(2)} s`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
