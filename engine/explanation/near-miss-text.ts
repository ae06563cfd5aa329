import type { EventFacts } from './event-facts.ts';
import type { ExplainedCheck } from './explained-check.ts';
import type { NearMiss } from './near-misses.ts';

/** A near miss in one paragraph: `event 812 execve by sh: would fire if proc.tty != 0 (is 0)`. */
export function nearMissText({ event, count, changes }: NearMiss): string {
  const more = count > 1 ? ` (and ${count - 1} more events)` : '';
  return `${eventText(event)}: would fire if ${changes.map(changeText).join(' and ')}${more}`;
}

/** An event in a few words: `event 812 execve by sh`. */
export function eventText({ number, type, fields }: EventFacts): string {
  const name = fields['proc.name'];
  return `event ${number} ${type}${name === undefined ? '' : ` by ${name}`}`;
}

/** What would have to be different: `proc.tty != 0 (is 0)`, `not proc.name in (shells) (is sh)`. */
function changeText({ check, holds, value }: ExplainedCheck): string {
  return `${holds ? 'not ' : ''}${check} (${value === undefined ? 'has no value' : `is ${value === '' ? 'empty' : value}`})`;
}
