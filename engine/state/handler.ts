import type { Event } from '../model/event.ts';
import { UNKNOWN } from './thread.ts';
import type { Moment } from './moment.ts';

/**
 * What events of one type do to the state. It is given the moment with the thread and the file that were found for the
 * event, and leaves in it those that the event is about once it took effect.
 */
export type Handler = (moment: Moment) => void;

/** What old recorders wrote for a text that was not collected. */
export const OLD_NULL = '(NULL)';

/** A text parameter as Falco reads it: one that was not collected is `<NA>`. */
export function textParam(event: Event, index: number): string {
  if (!event.has(index)) return UNKNOWN;
  const text = event.string(index);
  return text === OLD_NULL ? UNKNOWN : text;
}
