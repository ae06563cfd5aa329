import type { ByteString } from '../../model/byte-string.ts';
import type { Event } from '../../model/event.ts';
import { CATEGORY, EVENT_TYPES, eventCode } from '../../model/event-types.ts';
import type { Integer } from '../../model/integer.ts';
import type { FileKind } from '../../model/snapshot.ts';
import type { Moment } from '../../state/moment.ts';
import type { Family, Reading } from '../field.ts';
import { classOf, codesWhere, tellsResult } from './event-codes.ts';
import { paramText } from './param/text.ts';

/** What a syscall returned is its first parameter. */
const RESULT = 0;

const WITH_RESULT = codesWhere(tellsResult);
const hasResult = EVENT_TYPES.map(tellsResult);

const FILES: ReadonlySet<FileKind> = new Set(['file', 'directory']);
const SOCKETS: ReadonlySet<FileKind> = new Set(['ipv4', 'ipv6', 'ipv4-server', 'ipv6-server', 'unix']);
const OPENS = codesFor(
  'SYSCALL_OPEN_X',
  'SYSCALL_CREAT_X',
  'SYSCALL_OPENAT_2_X',
  'SYSCALL_OPENAT2_X',
  'SYSCALL_OPEN_BY_HANDLE_AT_X',
);
const CONNECTS = codesFor('SOCKET_ACCEPT_5_X', 'SOCKET_ACCEPT4_6_X', 'SOCKET_CONNECT_X');

/** What a syscall returned. */
export const EVT_RESULT: Family = {
  'evt.rawres': ofResult((event) => returned(event)),
  'evt.failed': ofResult((event) => isFailure(event)),
  'evt.res': resultText(),
  'evt.count.error': ofResult((event) => (isFailure(event) ? 1 : 0)),
  'evt.count.error.file': errorsWhere((kind, code) => (kind === undefined ? OPENS.has(code) : FILES.has(kind))),
  'evt.count.error.net': errorsWhere((kind, code) => (kind === undefined ? CONNECTS.has(code) : SOCKETS.has(kind))),
  'evt.count.error.memory': errorsWhere((_, code) => isMemory(code)),
  'evt.count.error.other': errorsWhere((kind, code) =>
    kind === undefined
      ? !OPENS.has(code) && !CONNECTS.has(code) && !isMemory(code)
      : !FILES.has(kind) && !SOCKETS.has(kind),
  ),
};

/** What the syscall returned; 0 when it was not recorded. Undefined on events that return nothing. */
export function resultOf(event: Event): Integer | undefined {
  return hasResult[event.type] === true && event.paramCount > 0 ? returned(event) : undefined;
}

function returned(event: Event): Integer {
  return event.length(RESULT) === 4 ? event.int32(RESULT) : event.signed64(RESULT);
}

function isFailure(event: Event): boolean {
  return event.length(RESULT) === 4 ? event.int32(RESULT) < 0 : event.int64(RESULT) < 0;
}

function ofResult(read: (event: Event) => Integer | boolean): Reading {
  return {
    subject: 'event',
    eventTypes: WITH_RESULT,
    read: ({ event }) => (resultOf(event) === undefined ? undefined : read(event)),
  };
}

/** 1 or 0 on events about a kind of file; `accepts` is asked with undefined when the event's file is not known. */
function errorsWhere(accepts: (kind: FileKind | undefined, code: number) => boolean): Reading {
  return {
    subject: 'event',
    eventTypes: WITH_RESULT,
    read: ({ event, file }) => {
      if (resultOf(event) === undefined || !accepts(file?.kind, event.type)) return undefined;
      return isFailure(event) ? 1 : 0;
    },
  };
}

/** SUCCESS, or the name of the error; the bare number where the result isn't an error number (a thread id). */
function resultText(): Reading {
  const read = (moment: Moment): ByteString | undefined => {
    if (resultOf(moment.event) === undefined) return undefined;
    return isFailure(moment.event) ? paramText(moment, RESULT) : 'SUCCESS';
  };
  return {
    subject: 'text:evt.res',
    eventTypes: WITH_RESULT,
    read,
    column: (moment) => {
      const text = read(moment);
      return text === undefined ? undefined : moment.system.texts.of(text);
    },
  };
}

function isMemory(code: number): boolean {
  const type = EVENT_TYPES[code];
  return type !== undefined && classOf(type) === CATEGORY.MEMORY;
}

function codesFor(...symbols: readonly string[]): ReadonlySet<number> {
  return new Set(symbols.map(eventCode));
}
