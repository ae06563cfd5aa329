import { EVENT_FLAG, EVENT_TYPES } from '../model/event-types.ts';
import type { Value } from '../model/value.ts';
import type { File } from '../state/files.ts';
import type { Moment } from '../state/moment.ts';
import type { Thread } from '../state/thread.ts';
import type { Reading } from './field.ts';

const CONCERNS_FILE = EVENT_FLAG.CREATES_FD | EVENT_FLAG.USES_FD | EVENT_FLAG.DESTROYS_FD;
const concernsFile = Uint8Array.from(EVENT_TYPES, (type) => ((type.flags & CONCERNS_FILE) === 0 ? 0 : 1));

/** Events that make, use or destroy a file descriptor. On all others every `fd.*` field is absent. */
export const FILE_EVENTS: ReadonlySet<number> = new Set(
  EVENT_TYPES.map((type) => type.code).filter((code) => concernsFile[code] === 1),
);

/** The thread of an event that concerns a file descriptor. */
export function fileEventThread(moment: Moment): Thread | undefined {
  return concernsFile[moment.event.type] === 1 ? moment.thread : undefined;
}

/** The open file of an event, as far as it is known. */
export function eventFile(moment: Moment): File | undefined {
  const thread = fileEventThread(moment);
  return thread === undefined ? undefined : (moment.file ?? thread.file(thread.lastEventFd));
}

/** A fact of the event's open file. */
export function ofFile(read: (file: File, thread: Thread, moment: Moment) => Value | undefined): Reading {
  return {
    subject: 'event',
    eventTypes: FILE_EVENTS,
    read: (moment) => {
      const file = eventFile(moment);
      return file === undefined ? undefined : read(file, moment.thread as Thread, moment);
    },
  };
}
