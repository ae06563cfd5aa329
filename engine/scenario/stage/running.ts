import { toUnicode } from '../../model/byte-string.ts';
import type { Place } from './place.ts';
import { Refusal } from './refusal.ts';

/** Refuses what is done in a container that has not started yet, or is gone. */
export function requireRunning(place: Place): void {
  if (place.init?.alive) return;
  const when = place.init === undefined ? 'has not started yet' : 'has stopped by now';
  throw new Refusal('SCENARIO_GONE', 'subject', `container ${toUnicode(place.name)} ${when}`);
}
