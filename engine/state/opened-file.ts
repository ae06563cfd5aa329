import type { FileKind } from '../model/snapshot.ts';
import type { Text } from '../model/text.ts';
import { CLONE } from './clone-flags.ts';
import { File, NO_NAME } from './file.ts';
import { FileTable } from './files.ts';
import type { Moment } from './moment.ts';
import type { Thread } from './thread.ts';

/**
 * Puts a file into the table of the moment's thread and makes it the event's file, or none where the table is full.
 *
 * @param nameBefore the name that its source had, when it is a copy
 */
export function addFile(moment: Moment, file: File, nameBefore: Text = NO_NAME): void {
  const { thread } = moment;
  const holder = thread === undefined ? undefined : holderOf(thread);
  moment.file = undefined;
  if (thread === undefined || holder === undefined) return;
  holder.files ??= new FileTable(moment.system.threads.files);
  thread.lastEventFd = file.fd;
  if (!holder.files.set(file.fd, file)) return;
  moment.file = file;
  moment.nameBefore = nameBefore;
}

/** Opens a file of a kind that has no name, under the number that the syscall gave, unless it failed. */
export function addNameless(moment: Moment, kind: FileKind, openFlags = 0): void {
  const fd = moment.result;
  if (moment.thread === undefined || fd < 0) return;
  const file = new File(fd, kind);
  file.openFlags = openFlags;
  addFile(moment, file);
}

/** Opens a copy of the event's file under another number. It stays open across execve unless `closeOnExec` says otherwise. */
export function addCopy(moment: Moment, source: File, fd: number, closeOnExec: number): void {
  const copy = source.copy(fd);
  copy.clearCloseOnExec();
  copy.openFlags |= closeOnExec;
  addFile(moment, copy, source.name);
}

/** The event's file, safe to change: processes that share the entry don't see the change. */
export function changeFile(moment: Moment): File | undefined {
  const { thread, file } = moment;
  if (thread === undefined || file === undefined) return undefined;
  moment.file = thread.openFiles?.own(file.fd) ?? file;
  return moment.file;
}

function holderOf(thread: Thread): Thread | undefined {
  return (thread.flags & CLONE.FILES) === 0 ? thread : thread.main;
}
