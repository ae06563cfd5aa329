import { EVENT_FLAG, EVENT_TYPES, eventCode, type EventType } from '../../model/event-types.ts';
import type { Value } from '../../model/value.ts';
import type { Moment } from '../../state/moment.ts';
import type { Family, Reading } from '../field.ts';
import { codesWhere, hasFlag } from './event-codes.ts';

const PROCINFO = eventCode('PROCINFO_E');

/** What the kind of event alone says, and a few counts. */
export const EVT_TRAITS: Family = {
  'evt.dir': ofType((type) => (type.code % 2 === 0 ? '>' : '<')),
  'evt.is_io': ofType((type) => hasFlag(type, 'READS_FROM_FD', 'WRITES_TO_FD')),
  'evt.is_io_read': ofType((type) => hasFlag(type, 'READS_FROM_FD')),
  'evt.is_io_write': ofType((type) => hasFlag(type, 'WRITES_TO_FD')),
  'evt.io_dir': ofType(direction),
  'evt.is_wait': ofType((type) => hasFlag(type, 'WAITS')),
  'evt.count': ofType(() => 1),
  'evt.count.exit': ofType((type) => (type.code % 2 === 1 ? 1 : undefined)),
  'evt.count.threadinfo': ofType((type) => (type.code === PROCINFO ? 1 : 0)),
  'evt.count.procinfo': { subject: 'event', read: isProcessInfo },
  'evt.is_syslog': { subject: 'event', read: writesToSyslog },
};

function ofType(value: (type: EventType) => Value | undefined): Reading {
  const values = EVENT_TYPES.map(value);
  return {
    subject: 'type',
    read: ({ event }) => values[event.type],
    fromType: (code) => values[code],
    ...(values.includes(undefined) ? { eventTypes: codesWhere((type) => values[type.code] !== undefined) } : {}),
  };
}

function direction(type: EventType): Value | undefined {
  if (hasFlag(type, 'WRITES_TO_FD')) return 'write';
  return hasFlag(type, 'READS_FROM_FD') ? 'read' : undefined;
}

function isProcessInfo({ event, thread }: Moment): number {
  return event.type === PROCINFO && thread !== undefined && thread.main === thread ? 1 : 0;
}

function writesToSyslog(moment: Moment): boolean {
  if ((moment.event.info.flags & EVENT_FLAG.WRITES_TO_FD) === 0) return false;
  return moment.file?.name.value.includes('/dev/log') ?? false;
}
