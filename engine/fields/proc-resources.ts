import type { Integer } from '../model/integer.ts';
import type { Thread } from '../state/thread.ts';
import type { Family } from './field.ts';
import { openFileCount } from './open-file-count.ts';
import { fileTypeName } from './file-type.ts';
import { ofThreadNow } from './reading.ts';

/** What a process uses: threads, open files and their limit, memory, page faults. Memory is in kilobytes. */
export const PROC_RESOURCES: Family = {
  'proc.nthreads': ofThreadNow((thread) => thread.liveThreads),
  'proc.nchilds': ofThreadNow(otherThreads),
  'proc.fdopencount': ofThreadNow(openFileCount),
  'proc.fdlimit': ofThreadNow(fileLimit),
  'proc.fdusage': ofThreadNow(fileUsage),
  'proc.vmsize': ofThreadNow((thread) => thread.vmSize),
  'proc.vmrss': ofThreadNow((thread) => thread.vmRss),
  'proc.vmswap': ofThreadNow((thread) => thread.vmSwap),
  'proc.stdin.type': ofThreadNow((thread) => standardType(thread, 0)),
  'proc.stdout.type': ofThreadNow((thread) => standardType(thread, 1)),
  'proc.stderr.type': ofThreadNow((thread) => standardType(thread, 2)),
  'proc.stdin.name': ofThreadNow((thread) => thread.file(0)?.name.value),
  'proc.stdout.name': ofThreadNow((thread) => thread.file(1)?.name.value),
  'proc.stderr.name': ofThreadNow((thread) => thread.file(2)?.name.value),
};

/** Live threads of the process without its main thread. */
function otherThreads(thread: Thread): number {
  const { main, liveThreads } = thread;
  return thread.group === undefined || main === undefined || main.dead ? liveThreads : liveThreads - 1;
}

function fileLimit(thread: Thread): Integer {
  return thread.main?.fdLimit ?? 0;
}

/** Percent of the limit, 0 without a limit, never above 100. */
function fileUsage(thread: Thread): number {
  const limit = Number(fileLimit(thread));
  return limit > 0 ? Math.min((openFileCount(thread) * 100) / limit, 100) : 0;
}

function standardType(thread: Thread, fd: number): string | undefined {
  const file = thread.file(fd);
  return file === undefined ? undefined : fileTypeName(file);
}
