import { readdirSync } from 'node:fs';
import type { FileEntry, ProcessEntry } from '../../../engine/model/snapshot.ts';
import { readFiles } from './files.ts';
import { readProgram, readThread } from './process.ts';
import { SocketTables } from './sockets.ts';

/** A process as /proc tells it: its threads, the first of them first, and its open files. */
export interface ProcProcess {
  readonly threads: readonly ProcessEntry[];
  readonly files: readonly FileEntry[];
}

/**
 * The state of the machine by /proc, for kernels that have no iterators. Other users' processes are told in full only to
 * root, or to who has CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH; what can't be read is empty. A process that ends meanwhile
 * is left out.
 */
export function* readProc(root = '/proc'): Generator<ProcProcess> {
  const sockets = new SocketTables();
  for (const pid of numbers(root)) {
    const folder = `${root}/${pid}`;
    const program = readProgram(folder);
    const threads = numbers(`${folder}/task`).flatMap((tid) => readThread(folder, pid, tid, program) ?? []);
    const first = threads.find(({ tid }) => tid === pid);
    if (first === undefined) continue;
    const rest = threads.filter(({ tid }) => tid !== pid);
    yield { threads: [first, ...rest], files: readFiles(folder, sockets.of(folder)) };
  }
}

function numbers(folder: string): number[] {
  try {
    return readdirSync(folder).flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    return [];
  }
}
