import { statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** A control group that a recording is limited to. */
export interface Scope {
  readonly id: bigint;
  /** Its depth: the root is 0. */
  readonly level: number;
}

/** Where version 2 of control groups is mounted, in the order in which it is looked for. */
const MOUNTS = ['/sys/fs/cgroup/unified', '/sys/fs/cgroup'];

/**
 * A group by its path, from the root of the hierarchy (`/kubepods.slice/...`) or as a folder. Undefined when there is no
 * such group.
 */
export function scopeOf(path: string): Scope | undefined {
  for (const mount of MOUNTS) {
    const inner = path.startsWith(`${mount}/`) ? path.slice(mount.length) : path;
    if (!isAbsolute(inner)) continue;
    try {
      const { ino } = statSync(join(mount, inner, 'cgroup.procs')).isFile()
        ? statSync(join(mount, inner), { bigint: true })
        : { ino: 0n };
      return { id: ino, level: inner.split('/').filter((part) => part !== '').length };
    } catch {
      continue;
    }
  }
  return undefined;
}
