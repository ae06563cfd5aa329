import type { NearMiss, NearMissReport } from '../../engine/explanation/near-misses.ts';
import { changeText } from '../../engine/explanation/near-miss-text.ts';
import type { Rule } from '../../engine/rules/rule-set.ts';
import { eventLine } from './event-line.ts';
import { placeText } from './place-text.ts';
import { visibleText } from '../../engine/explanation/visible-text.ts';
import type { Paint } from './paint.ts';

/** Names of event types that are listed. */
const MOST_TYPES = 8;
const MOST_CHECKS = 8;

/** What a trace says of one rule, for people: how often it fired, and what came near. */
export function nearMissesText(rule: Rule, isActive: boolean, report: NearMissReport, paint: Paint): string {
  const { fired, firings, misses, shadowed, skipped } = report;
  const lines = [`${paint('bold', visibleText(rule.name))} (${rule.priority})  ${paint('dim', placeText(rule.span))}`];
  if (!isActive) lines.push(paint('yellow', 'it does not run: switched off, or below the least priority'));
  lines.push(`${firedWords(fired, isActive, paint)} ${seenWords(report)}`);
  lines.push(...firings.map((event) => `  ${eventLine(event, paint)}`));
  if (fired > firings.length) lines.push(`  and ${fired - firings.length} more`);
  for (const [name, count] of Object.entries(shadowed)) {
    lines.push(
      `${times(count)} it matched, but the earlier rule '${visibleText(name)}' took the event (rule_matching is first)`,
    );
  }
  if (skipped > 0) lines.push(`${skipped} events were not looked at: the condition is too large for so many`);
  const isHopeless = misses.length === 0 && fired === 0 && Object.keys(shadowed).length === 0;
  if (isHopeless && Object.keys(report.seen).length > 0) {
    lines.push('', 'nothing came near: on each of these events a check fails that no event of its type can pass');
  }
  if (misses.length > 0)
    lines.push('', 'near misses, the nearest first', ...misses.flatMap((miss) => missLines(miss, paint)));
  return `${lines.join('\n')}\n`;
}

function firedWords(fired: number, isActive: boolean, paint: Paint): string {
  if (!isActive) return `would have ${fired === 0 ? 'never fired' : `fired ${times(fired)}`}`;
  return fired === 0 ? paint('red', 'never fired') : paint('green', `fired ${times(fired)}`);
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function seenWords({ seen, types }: NearMissReport): string {
  const came = Object.entries(seen).toSorted((a, b) => b[1] - a[1]);
  const asked = `${types.slice(0, MOST_TYPES).join(', ')}${types.length > MOST_TYPES ? ' and others' : ''}`;
  if (came.length === 0) {
    return types.length === 0
      ? '- its condition can hold on no type of event'
      : `- the trace has none of the events that it can match: ${asked}`;
  }
  const listed = came.slice(0, MOST_TYPES).map(([type, count]) => `${count} ${type}`);
  return `in ${listed.join(', ')}${came.length > MOST_TYPES ? ' and other' : ''} events`;
}

function missLines({ event, count, distance, changes }: NearMiss, paint: Paint): string[] {
  const more = count > 1 ? paint('dim', `  and ${count - 1} more like it`) : '';
  const listed = changes.slice(0, MOST_CHECKS).map(changeText);
  const rest = distance > MOST_CHECKS ? [`${distance - MOST_CHECKS} more checks were others`] : [];
  return [
    `  ${eventLine(event, paint)}${more}`,
    `      would fire if ${[...listed, ...rest].join('\n                and ')}`,
  ];
}
