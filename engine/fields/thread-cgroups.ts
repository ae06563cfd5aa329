import type { ByteString } from '../model/byte-string.ts';
import type { Thread } from '../state/thread.ts';
import type { Family, FieldProblem, Reading } from './field.ts';
import { ofThread, syntaxProblem } from './reading.ts';

/** The control groups a thread is in. */
export const THREAD_CGROUPS: Family = {
  'thread.cgroups': ofThread((thread) => (thread.cgroups.length === 0 ? undefined : thread.cgroups.join(' '))),
  'thread.cgroup': cgroup,
};

/** `thread.cgroup.SUBSYSTEM`: the path in one subsystem. The argument is what follows the dot: letters and `_`. */
function cgroup(subsystem: string | undefined): Reading | FieldProblem {
  if (subsystem === undefined) return syntaxProblem('filter syntax error: thread.cgroup');
  return ofThread((thread) => cgroupPath(thread, subsystem));
}

function cgroupPath(thread: Thread, subsystem: string): ByteString | undefined {
  const start = `${subsystem}=`;
  return thread.cgroups.find((entry) => entry.startsWith(start))?.slice(start.length);
}
