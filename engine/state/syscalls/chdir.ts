import type { ByteString } from '../../model/byte-string.ts';
import { textParam, type Handler } from '../handler.ts';
import { joinPath } from '../paths.ts';
import { printable } from '../printable.ts';
import type { Thread } from '../thread.ts';

/** chdir, and getcwd, which tells where the process is in case a change was missed: path. */
export const chdir: Handler = (moment) => {
  if (moment.thread !== undefined && moment.result >= 0) changeDirectory(moment.thread, textParam(moment.event, 1));
};

/** fchdir: fd of a directory. */
export const fchdir: Handler = (moment) => {
  const { file, thread } = moment;
  if (thread !== undefined && file !== undefined && moment.result >= 0) changeDirectory(thread, file.name.value);
};

/** chroot: the root is noted; paths don't follow it. */
export const chroot: Handler = (moment) => {
  const { thread } = moment;
  if (thread === undefined || moment.result !== 0) return;
  const path = textParam(moment.event, 1);
  const isRelative = moment.event.has(1) && path !== '' && !path.startsWith('/');
  thread.root = isRelative ? joinPath(thread.workingDirectory, path) : printable(path);
  thread.changed();
};

/**
 * The directory belongs to the process, but a relative path is joined to the calling thread's own entry, as Falco does:
 * for other threads than the main one that is empty.
 */
export function changeDirectory(thread: Thread, path: ByteString): void {
  const { main } = thread;
  if (main === undefined) return;
  const joined = joinPath(thread.cwd, path);
  const cwd = joined.endsWith('/') ? joined : `${joined}/`;
  if (cwd === main.cwd) return;
  main.cwd = cwd;
  main.changed();
}
