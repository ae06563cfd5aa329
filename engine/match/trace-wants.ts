import { USES_FD } from '../state/fd-positions.ts';
import { stateEventTypes } from '../state/handlers.ts';
import { WANT } from '../trace/wants.ts';

/** How much of each event type a reader must deliver to a run whose rules want these types; the state wants its own. */
export function traceWants(wantedTypes: Uint8Array): Uint8Array {
  return wantedTypes.map((wanted, code) => {
    const isNeeded = wanted === 1 || stateEventTypes[code] === 1 || USES_FD[code] === 1;
    return isNeeded ? WANT.ALL : WANT.HEAD;
  });
}
