import type { EventFacts } from './event-facts.ts';
import type { RuleExplanation } from './explain-moment.ts';
import { visibleText } from './visible-text.ts';
import { EVENT_TYPES } from '../model/event-types.ts';

/** Names of event types that are listed. */
const MOST_TYPES = 8;

/** What became of a rule at an event, in one sentence without its end: `did not fire: 2 checks would have to change`. */
export function outcomeText(explanation: RuleExplanation, { type }: EventFacts): string {
  const { rule, outcome, holds, shadowedBy, distance } = explanation;
  const matches = holds ? 'its condition holds' : 'and its condition does not hold either';
  switch (outcome) {
    case 'fired':
      return 'fired: its condition holds';
    case 'shadowed':
      return `did not fire: its condition holds, but the earlier rule '${visibleText(shadowedBy ?? '')}' took the event (rule_matching is first)`;
    case 'unseen':
      return 'did not fire: Falco shows this event to no rule';
    case 'other-type':
      return `did not fire: it is only tried on ${typeNames(rule.eventCodes)} events, and this is ${type}`;
    case 'switched-off':
      return `did not fire: it is switched off ${rule.enabled ? 'by the configuration' : 'in its file'}, ${holds ? 'though ' : ''}${matches}`;
    case 'below-priority':
      return `did not fire: its priority ${rule.priority} is below the least that runs, ${holds ? 'though ' : ''}${matches}`;
    case 'no-match':
      return `did not fire: ${missing(distance)}`;
  }
}

function missing(distance: number): string {
  if (distance === Infinity) return 'its condition can not hold on such an event';
  return distance === 1 ? 'one check would have to change' : `${distance} checks would have to change`;
}

/** The names of event types, in their order. */
export function typeNames(codes: ReadonlySet<number>): string {
  const names = new Set<string>();
  // Every rule is tried on the events of plugins, whatever it is about.
  for (const { code, name } of EVENT_TYPES) if (codes.has(code) && name !== 'asyncevent') names.add(name);
  const listed = [...names].slice(0, MOST_TYPES).join(', ');
  return names.size > MOST_TYPES ? `${listed} and ${names.size - MOST_TYPES} other` : listed === '' ? 'no' : listed;
}
