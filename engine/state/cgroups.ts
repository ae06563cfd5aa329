import type { ByteString } from '../model/byte-string.ts';

/** Today's names of subsystems that older kernels call otherwise. */
const RENAMED: Readonly<Record<string, string>> = { perf: 'perf_event', mem: 'memory', io: 'blkio' };

/** The control groups of a thread, `subsystem=path` each, by today's names; undefined when the list is malformed. */
export function readCgroups(entries: readonly ByteString[]): ByteString[] | undefined {
  const cgroups: ByteString[] = [];
  for (const entry of entries) {
    const equals = entry.indexOf('=');
    if (equals === -1) return undefined;
    const subsystem = entry.slice(0, equals).replace('_cgroup', '');
    cgroups.push((Object.hasOwn(RENAMED, subsystem) ? RENAMED[subsystem] : subsystem) + entry.slice(equals));
  }
  return cgroups;
}
