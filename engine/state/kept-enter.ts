import { eventCode } from '../model/event-types.ts';
import type { Event } from '../model/event.ts';
import { EnterEvent, fitsEnterEvent } from './enter-event.ts';
import { textParam, type Handler } from './handler.ts';
import type { Moment } from './moment.ts';

const EXECVE_X = eventCode('SYSCALL_EXECVE_19_X');
const EXECVEAT_E = eventCode('SYSCALL_EXECVEAT_E');

/** open: name and flags. */
export const keepOpen = keep((event, kept, moment) => {
  kept.name = moment.system.texts.of(textParam(event, 0));
  kept.flags = event.uint32(1);
}, true);

/** creat and execve: the path is all there is. */
export const keepPath = keep((event, kept, moment) => {
  kept.name = moment.system.texts.of(textParam(event, 0));
  kept.flags = 0;
}, true);

/** openat and openat2: directory, name, flags. */
export const keepOpenat = keep(keepAt, true);

/** execveat: directory, path, flags. It is kept whatever it lacks. */
export const keepExecveat = keep(keepAt, false);

/** connect: the address. It is kept whatever it lacks. */
export const keepConnect = keep((event, kept) => {
  kept.address = event.data(1).slice();
}, false);

/** The entry event of the moment's exit, if it is still there. */
export function enterEventOf(moment: Moment): EnterEvent | undefined {
  const { thread, event } = moment;
  const kept = thread?.enter;
  if (thread === undefined || kept === undefined || kept.type === -1 || !thread.isPaired) return undefined;
  if (kept.type === event.type - 1 || (event.type === EXECVE_X && kept.type === EXECVEAT_E)) return kept;
  thread.isPaired = false;
  return undefined;
}

function keepAt(event: Event, kept: EnterEvent, moment: Moment): void {
  kept.hasDirfd = event.has(0);
  kept.dirfd = event.int64(0);
  kept.name = moment.system.texts.of(textParam(event, 1));
  kept.flags = event.uint32(2);
}

function keep(note: (event: Event, kept: EnterEvent, moment: Moment) => void, needsFirst: boolean): Handler {
  return (moment) => {
    const { event, thread } = moment;
    if (thread === undefined || (needsFirst && !event.has(0)) || !fitsEnterEvent(event)) return;
    const kept = (thread.enter ??= new EnterEvent());
    kept.type = event.type;
    note(event, kept, moment);
  };
}
