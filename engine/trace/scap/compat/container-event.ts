import { bytesOf } from '../../../model/byte-string.ts';
import type { Event } from '../../../model/event.ts';
import { eventCode } from '../../../model/event-types.ts';
import { appendBytes, copyHead } from '../../event-scratch.ts';

const ASYNC = eventCode('ASYNCEVENT_E');
const CONTAINER_JSON = eventCode('CONTAINER_JSON_2_E');
/** Parameters of an async event. */
const NAME = 1;
const DATA = 2;

/**
 * The event by which old readers learn of a container, out of the news that the container plugin gives today: the JSON
 * is the same, only around it is another event. Undefined for other events.
 */
export function containerEvent(from: Event, to: Event): Event | undefined {
  if (from.type !== ASYNC || from.string(NAME) !== 'container') return undefined;
  copyHead(from, to);
  to.type = CONTAINER_JSON;
  to.paramCount = 0;
  appendBytes(bytesOf(`${from.string(DATA)}\0`), to);
  return to;
}
