import { eventCode } from '../model/event-types.ts';
import { CLASS, EVENT_CLASSES, MAKES_PLACEHOLDER } from './event-classes.ts';
import { FD_POSITIONS, USES_FD } from './fd-positions.ts';
import { NO_NAME } from './file.ts';
import type { Moment } from './moment.ts';
import type { Thread } from './thread.ts';

const EXECVE_X = eventCode('SYSCALL_EXECVE_19_X');
const EXECVEAT_E = eventCode('SYSCALL_EXECVEAT_E');

/** Finds the thread and the file of the moment's event and notes on the thread what a later event of it can observe. */
export function reset(moment: Moment): void {
  const { event, system } = moment;
  const { type, tid } = event;
  const eventClass = EVENT_CLASSES[type] as number;
  moment.file = undefined;
  moment.nameBefore = NO_NAME;
  if (eventClass < CLASS.ENTER) {
    moment.thread = system.threads.find(tid);
    return;
  }
  const thread = MAKES_PLACEHOLDER[type] === 1 ? system.threads.require(tid) : system.threads.find(tid);
  moment.thread = thread;
  if (thread === undefined) return;
  if (eventClass === CLASS.ENTER) {
    thread.lastEventFd = -1;
    thread.lastEnterType = type;
  } else if (!pair(thread, type)) thread.lastEventFd = -1;
  if (USES_FD[type] === 1) findFile(moment, thread);
}

/**
 * Whether an exit belongs to the last entry event of its thread. A successful execveat ends as an execve. The type of an
 * entry stays noted until the next one, so an exit can count as paired long after its entry is used up; then it keeps
 * the fd of whatever the thread did before.
 */
function pair(thread: Thread, type: number): boolean {
  const { lastEnterType } = thread;
  thread.isPaired = type === lastEnterType + 1 || (type === EXECVE_X && lastEnterType === EXECVEAT_E);
  return thread.isPaired;
}

function findFile(moment: Moment, thread: Thread): void {
  const { event } = moment;
  if (thread.lastEventFd === -1) {
    const position = FD_POSITIONS[event.type] as number;
    if (position >= 0 && event.has(position)) thread.lastEventFd = event.int64(position);
  }
  const file = thread.findFile(thread.lastEventFd);
  if (file === undefined) return;
  moment.file = file;
  moment.nameBefore = file.name;
}
