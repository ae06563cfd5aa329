import type { Event } from '../../../model/event.ts';
import { EVENT_TYPES, eventCode } from '../../../model/event-types.ts';
import { NATIVE_SYSCALLS, SYSCALL_NAMES } from '../../../model/syscalls.ts';
import { appendBytes, copyHead } from '../../event-scratch.ts';
import { OLD_SYSCALL_COUNT } from './old-reader.ts';

/** The entry of a syscall without an event type of its own. */
export const GENERIC_ENTER = eventCode('GENERIC_E');
/** Its exit. */
export const GENERIC_EXIT = eventCode('GENERIC_X');

/** The machine's own numbers by the portable ones. */
const NATIVE = new Map(
  Object.entries(NATIVE_SYSCALLS['x86_64'] ?? {}).map(([own, portable]) => [portable, Number(own)]),
);

/** The portable number of the syscall that an event type is about. */
const PORTABLE = new Map(EVENT_TYPES.map(({ code, name }) => [code, Math.max(0, SYSCALL_NAMES.indexOf(name))]));

/**
 * Makes the entry or exit of a syscall without an event type of its own: this is how drivers of 2022 reported a syscall
 * that has got one since.
 */
export function genericEvent(type: number, from: Event, to: Event): Event {
  const isGeneric = from.type === GENERIC_EXIT;
  const portable = isGeneric ? from.uint16(0) : (PORTABLE.get(from.type) as number);
  const native = isGeneric && from.has(1) ? from.uint16(1) : (NATIVE.get(portable) ?? 0);
  copyHead(from, to);
  to.type = type;
  to.paramCount = 0;
  // Behind the end of an old reader's table lies no name.
  appendUint16(portable < OLD_SYSCALL_COUNT ? portable : 0, to);
  appendUint16(native, to);
  return to;
}

/** True if an old reader would look behind the end of its table of syscalls. */
export function isBeyondTable(event: Event): boolean {
  return event.type === GENERIC_EXIT && event.uint16(0) >= OLD_SYSCALL_COUNT;
}

function appendUint16(value: number, to: Event): void {
  appendBytes(Uint8Array.of(value & 0xff, value >> 8), to);
}
