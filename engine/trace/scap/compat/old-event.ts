import { bytesOf } from '../../../model/byte-string.ts';
import type { Event } from '../../../model/event.ts';
import { EVENT_TYPES, type EventParam } from '../../../model/event-types.ts';
import { PARAM_SIZES } from '../../../model/param-type.ts';
import { appendBytes, appendFilled, appendParam, copyHead } from '../../event-scratch.ts';
import { OLD_PARAM_COUNTS } from './old-reader.ts';
import { NOWHERE, type Recipe } from './param-sources.ts';

const NOT_AVAILABLE = bytesOf('<NA>\0');

/** Makes an event of another type out of one, for an old reader. */
export function makeEvent({ type, sources }: Recipe, from: Event, to: Event): Event {
  copyHead(from, to);
  to.type = type;
  to.paramCount = 0;
  const { params } = EVENT_TYPES[type]!;
  for (let i = 0; i < params.length; i++) {
    const source = sources[i] as number;
    if (source === NOWHERE || !from.has(source)) appendMissing(params[i]!, to);
    else appendSized(from, source, PARAM_SIZES[params[i]!.type], to);
  }
  return to;
}

/**
 * True if an old reader would take bytes of another parameter for one that is absent, when it finds so many of them.
 */
export function lacksParams(event: Event, paramCount = event.paramCount): boolean {
  const known = Math.min(paramCount, OLD_PARAM_COUNTS[event.type] as number);
  for (let i = 0; i < known; i++) {
    if (event.lengths[i] === 0 && needsBytes(EVENT_TYPES[event.type]!.params[i]!)) return true;
  }
  return false;
}

/**
 * Copies the first parameters of an event, with something in place of what is absent among those that an old reader
 * knows.
 */
export function completeParams(from: Event, paramCount: number, to: Event): Event {
  copyHead(from, to);
  to.type = from.type;
  to.paramCount = 0;
  const { params } = EVENT_TYPES[from.type]!;
  const known = OLD_PARAM_COUNTS[from.type] as number;
  for (let i = 0; i < paramCount; i++) {
    if (i < known && from.lengths[i] === 0) appendMissing(params[i]!, to);
    else appendParam(from, i, from.lengths[i] as number, to);
  }
  return to;
}

function needsBytes({ type }: EventParam): boolean {
  return PARAM_SIZES[type] !== undefined || isText(type);
}

function isText(type: EventParam['type']): boolean {
  return type === 'CHARBUF' || type === 'FSPATH' || type === 'FSRELPATH';
}

/** What writers of 2022 gave for something that they did not know. */
function appendMissing({ type }: EventParam, to: Event): void {
  if (isText(type)) return appendBytes(NOT_AVAILABLE, to);
  appendFilled(type === 'FD' || type === 'UID' || type === 'GID' ? 0xff : 0, PARAM_SIZES[type] ?? 0, to);
}

/** Appends a parameter at the size it has in the other type; integers are little endian, so zeros widen them. */
function appendSized(from: Event, index: number, size: number | undefined, to: Event): void {
  const length = from.lengths[index] as number;
  if (size === undefined || length === size) return appendParam(from, index, length, to);
  const bytes = new Uint8Array(size);
  bytes.set(from.data(index).subarray(0, size));
  appendBytes(bytes, to);
}
