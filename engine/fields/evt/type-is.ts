import { EVENT_TYPES } from '../../model/event-types.ts';
import type { Reading } from '../field.ts';
import { scanNumber } from '../scanned-number.ts';

/**
 * `evt.type.is.NAME`: 1 for the first entry and exit of that name in the event table, which for some names are of an
 * age that no recorder writes any more; `evt.type.is.NUMBER`: 1 for that code. Undefined for a name that is none.
 */
export function typeIs(nameOrNumber: string): Reading | undefined {
  const number = scanNumber(nameOrNumber, 32);
  const first = number ?? EVENT_TYPES.findIndex((type) => type.name === nameOrNumber);
  if (number === undefined && first === -1) return undefined;
  const isIt = (code: number) => (code === first || (number === undefined && code === first + 1) ? 1 : 0);
  return { subject: 'type', read: ({ event }) => isIt(event.type), fromType: isIt };
}
