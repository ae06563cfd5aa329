import type { Event } from '../../model/event.ts';
import { eventCode } from '../../model/event-types.ts';
import type { Moment } from '../../state/moment.ts';
import type { Family, Reading } from '../field.ts';
import { resultOf } from './result.ts';

/** Bits of the drivers' open flags. */
const READ = 1 << 0;
const WRITE = 1 << 1;
const CREATE = 1 << 2;
const TEMPORARY = 1 << 13;
/** The kernel told that the file is new. */
const CREATED = 1 << 14;
/** Execute bits of a mode, for anyone. */
const EXECUTE = 0o111;

const OPEN = eventCode('SYSCALL_OPEN_X');
const OPENAT = eventCode('SYSCALL_OPENAT_2_X');
const OPENAT2 = eventCode('SYSCALL_OPENAT2_X');
const BY_HANDLE = eventCode('SYSCALL_OPEN_BY_HANDLE_AT_X');
const CREAT = eventCode('SYSCALL_CREAT_X');

/** Where each of these events has its flags and its mode; the one by handle has no mode, creat has no flags. */
const FLAGS_AT = new Map([
  [OPEN, 2],
  [OPENAT, 3],
  [OPENAT2, 3],
  [BY_HANDLE, 2],
]);
const MODE_AT = new Map([
  [OPEN, 3],
  [OPENAT, 4],
  [OPENAT2, 4],
  [CREAT, 2],
]);

/** How a file is opened. False on every event that opens none. */
export const EVT_OPEN: Family = {
  'evt.is_open_read': whenOpening((event) => (flagsOf(event) & READ) !== 0, FLAGS_AT),
  'evt.is_open_write': whenOpening((event) => (flagsOf(event) & WRITE) !== 0, FLAGS_AT),
  'evt.is_open_create': whenOpening(creates, FLAGS_AT),
  'evt.is_open_exec': whenOpening(makesExecutable, MODE_AT),
};

function whenOpening(test: (event: Event) => boolean, events: ReadonlyMap<number, number>): Reading {
  return {
    subject: 'type',
    read: ({ event }: Moment) => events.has(event.type) && test(event),
    fromType: () => false,
    variesOn: new Set(events.keys()),
  };
}

function flagsOf(event: Event): number {
  const at = FLAGS_AT.get(event.type);
  return at === undefined ? 0 : event.uint32(at);
}

function creates(event: Event): boolean {
  const flags = flagsOf(event);
  if ((flags & CREATED) !== 0) return true;
  const result = resultOf(event);
  return (flags & TEMPORARY) !== 0 && result !== undefined && result >= 0;
}

function makesExecutable(event: Event): boolean {
  if (event.type !== CREAT && (flagsOf(event) & (CREATE | TEMPORARY)) === 0) return false;
  return (event.uint32(MODE_AT.get(event.type) as number) & EXECUTE) !== 0;
}
