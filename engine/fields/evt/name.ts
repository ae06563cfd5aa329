import type { ByteString } from '../../model/byte-string.ts';
import { CATEGORY, EVENT_TYPES, type EventType } from '../../model/event-types.ts';
import type { Event } from '../../model/event.ts';
import { NATIVE_SYSCALLS, SYSCALL_NAMES } from '../../model/syscalls.ts';
import type { Family } from '../field.ts';
import { ASYNC, GENERIC_EXIT, codesWhere, isMeta } from './event-codes.ts';

/** Parameters of a generic event: the portable number of its syscall and the machine's own. */
const PORTABLE_NUMBER = 0;
const NATIVE_NUMBER = 1;
/** Parameter of an async event. */
const ASYNC_NAME = 1;

/** What kind of event it is. */
export const EVT_NAME: Family = {
  'evt.type': {
    subject: 'type',
    read: ({ event }) => eventName(event),
    fromType: (code) => typeOf(code).name,
    variesOn: new Set([GENERIC_EXIT, ASYNC]),
  },
  'syscall.type': {
    subject: 'type',
    read: ({ event }) => (isSyscall(event.info) ? eventName(event) : undefined),
    fromType: (code) => (isSyscall(typeOf(code)) ? typeOf(code).name : undefined),
    variesOn: new Set([GENERIC_EXIT]),
    eventTypes: codesWhere(isSyscall),
  },
  'evt.is_async': {
    subject: 'type',
    read: ({ event }) => isMeta(event.info),
    fromType: (code) => isMeta(typeOf(code)),
  },
  'evt.asynctype': {
    subject: 'type',
    read: ({ event }) => (isMeta(event.info) ? eventName(event) : undefined),
    fromType: (code) => (isMeta(typeOf(code)) ? typeOf(code).name : undefined),
    variesOn: new Set([ASYNC]),
    eventTypes: codesWhere(isMeta),
  },
};

function typeOf(code: number): EventType {
  return EVENT_TYPES[code] as EventType;
}

function isSyscall(type: EventType): boolean {
  return (type.category & CATEGORY.SYSCALL) !== 0;
}

function eventName(event: Event): ByteString {
  if (event.type === GENERIC_EXIT) return syscallName(event);
  if (event.type === ASYNC) return event.has(ASYNC_NAME) ? event.string(ASYNC_NAME) : '<NA>';
  return event.info.name;
}

/** A recorder older than the syscall has no portable number for it; the machine's own then tells. */
function syscallName(event: Event): ByteString {
  let number = event.uint16(PORTABLE_NUMBER);
  if (number === 0 && event.has(NATIVE_NUMBER)) number = NATIVE_SYSCALLS['x86_64']?.[event.uint16(NATIVE_NUMBER)] ?? 0;
  return SYSCALL_NAMES[number] ?? (SYSCALL_NAMES[0] as string);
}
