import type { Event } from '../../model/event.ts';
import { EVENT_FLAG, EVENT_TYPES } from '../../model/event-types.ts';

/** Event types that this version knows; a larger number comes from a newer writer. */
export const EVENT_TYPE_COUNT = EVENT_TYPES.length;

/** Parameters of each event type today. */
export const PARAM_COUNTS = Uint8Array.from(EVENT_TYPES, (type) => type.params.length);

/** Bytes of one parameter length, by event type: 4 for the few types that carry large payloads. */
export const LENGTH_WIDTHS = Uint8Array.from(EVENT_TYPES, (type) => (type.flags & EVENT_FLAG.LARGE_PAYLOAD ? 4 : 2));

/** Bytes of an event header without the parameter count, which event blocks of version 1 lack. */
export const V1_HEADER_BYTES = 22;
/** Bytes of an event header today. */
export const HEADER_BYTES = 26;

/** Header fields by their offset from the event's start. */
export const HEADER = { TIME: 0, TID: 8, LENGTH: 16, TYPE: 20, PARAM_COUNT: 22 } as const;

const NOTIFICATION = EVENT_TYPES.findIndex((type) => type.symbol === 'NOTIFICATION_E');
const INFRASTRUCTURE = EVENT_TYPES.findIndex((type) => type.symbol === 'INFRASTRUCTURE_EVENT_E');
/** How much too long version 1 writers said these two events are. */
const V1_EXCESS_BYTES = 3;

/**
 * Points an event whose head is filled at its parameters in a block of version 2.
 *
 * @param start where the event begins in the event's bytes
 * @param end where its block's body ends
 * @returns false if they don't fit into the event; it then has the parameters of its type, all absent
 */
export function locateParams(event: Event, start: number, end: number): boolean {
  const { view, type } = event;
  const count = view.getUint32(start + HEADER.PARAM_COUNT, true);
  const last = start + view.getUint32(start + HEADER.LENGTH, true);
  const lengths = start + HEADER_BYTES;
  if (last > end || count * (LENGTH_WIDTHS[type] as number) > last - lengths) return forgetParams(event);
  return placeParams(event, lengths, count, last);
}

/**
 * The same for a block of version 1, which doesn't tell how many parameters there are: the largest number whose
 * lengths fill the event exactly is the right one.
 */
export function locateV1Params(event: Event, start: number, end: number): boolean {
  const { view, type } = event;
  const excess = type === NOTIFICATION || type === INFRASTRUCTURE ? V1_EXCESS_BYTES : 0;
  const last = start + view.getUint32(start + HEADER.LENGTH, true) - excess;
  const lengths = start + V1_HEADER_BYTES;
  if (last > end) return forgetParams(event);
  for (let count = PARAM_COUNTS[type] as number; count >= 0; count--) {
    let at = lengths + count * 2;
    if (at > last) continue;
    for (let i = 0; i < count; i++) at += view.getUint16(lengths + i * 2, true);
    if (at === last) return placeParams(event, lengths, count, last, 2);
    if (at < last) break;
  }
  return forgetParams(event);
}

function placeParams(
  event: Event,
  lengths: number,
  count: number,
  last: number,
  width = LENGTH_WIDTHS[event.type] as number,
): boolean {
  const { view, starts } = event;
  // A newer writer may give more parameters than this version knows; the rest is ignored.
  const known = Math.min(count, PARAM_COUNTS[event.type] as number);
  let at = lengths + count * width;
  if (width === 2) {
    for (let i = 0; i < known; i++) {
      const length = view.getUint16(lengths + i * 2, true);
      starts[i] = at;
      event.lengths[i] = length;
      at += length;
    }
  } else {
    for (let i = 0; i < known; i++) {
      const length = view.getUint32(lengths + i * 4, true);
      starts[i] = at;
      event.lengths[i] = length;
      at += length;
    }
  }
  if (at > last) return forgetParams(event);
  event.paramCount = known;
  return true;
}

function forgetParams(event: Event): false {
  event.paramCount = PARAM_COUNTS[event.type] as number;
  event.starts.fill(0, 0, event.paramCount);
  event.lengths.fill(0, 0, event.paramCount);
  return false;
}
