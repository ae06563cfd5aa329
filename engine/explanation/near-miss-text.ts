import type { EventFacts } from './event-facts.ts';
import type { ExplainedChange, ExplainedCheck } from './explained-check.ts';
import type { ReasonCode } from './reason.ts';
import { shortened } from './visible-text.ts';
import type { NearMiss } from './near-misses.ts';

/** A near miss in one paragraph: `event 812 execve by sh: would fire if proc.tty != 0 (is 0)`. */
export function nearMissText({ event, count, distance, changes }: NearMiss): string {
  const texts = changes.slice(0, MOST_CHANGES).map(changeText);
  if (distance > texts.length) texts.push(`${distance - texts.length} more checks were others`);
  const more = count > 1 ? ` (and ${count - 1} more ${count === 2 ? 'event' : 'events'})` : '';
  return `${eventText(event)}: would fire if ${texts.join(' and ')}${more}`;
}

/** An event in a few words: `event 812 execve by sh`. */
export function eventText({ number, type, fields }: EventFacts): string {
  const name = fields['proc.name'];
  return `event ${number} ${type}${name === undefined ? '' : ` by ${name}`}`;
}

/** What would have to be different: `proc.tty != 0 (is 0)`, `not proc.name in (shells) (is sh)`. */
export function changeText(change: ExplainedChange): string {
  const others = change.alternatives === 1 ? ' or another check' : ` or one of ${change.alternatives} others`;
  return `${checkToChange(change)}${change.alternatives === 0 ? '' : others}`;
}

function checkToChange({ check, holds, value, reason }: ExplainedCheck): string {
  if (reason.code === 'not-read') return `${holds ? 'not ' : ''}${check}`;
  const asked = `${holds ? 'not ' : ''}${check}`;
  if (value === undefined) return `${asked} (${reason.text.replace(/^no value/, 'has no value')})`;
  const why = TELLING.has(reason.code) && !holds ? `, ${reason.text}` : '';
  return `${asked} (is ${value === '' ? 'empty' : shortened(value, MOST_CHARS)}${why})`;
}

/** Changes that are told of one near miss. */
const MOST_CHANGES = 8;

/** Characters of a value that are shown in a line of many. */
const MOST_CHARS = 100;

/** Reasons that say more than check and value side by side. */
const TELLING: ReadonlySet<ReasonCode> = new Set(['other-case', 'blanks', 'part-matches']);
