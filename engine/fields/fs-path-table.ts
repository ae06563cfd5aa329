import { EVENT_TYPES, eventCode } from '../model/event-types.ts';

/** What the call must have returned for its paths to count: zero, or anything but -1. */
type Success = 'zero' | 'any-but-minus-one';

/** Where a relative path of the event starts. */
export type Base =
  | 'working-directory'
  | 'open-file'
  | 'directory-of-event'
  | 'unknown'
  | { readonly directory: number };

/** One path of an event: its parameter, or the name of the event's file. */
export interface PathPlace {
  /** Index of the parameter; -1 for the name of the event's file. */
  readonly param: number;
  readonly base: Base;
}

/** The paths of one event type. */
export interface PathEvent {
  readonly success: Success;
  readonly name: PathPlace | undefined;
  readonly source: PathPlace | undefined;
  readonly target: PathPlace | undefined;
}

/** Name of the parameter with a path, and where a relative one starts. */
type Place = readonly [param: string, base: 'cwd' | 'open' | 'at' | 'unknown' | `dir:${string}`];

const NAMED: Readonly<Record<string, Place>> = {
  SYSCALL_MKDIR_2_X: ['path', 'cwd'],
  SYSCALL_MKDIRAT_X: ['path', 'at'],
  SYSCALL_RMDIR_2_X: ['path', 'cwd'],
  SYSCALL_UNLINK_2_X: ['path', 'cwd'],
  SYSCALL_UNLINKAT_2_X: ['name', 'at'],
  SYSCALL_OPEN_X: ['name', 'cwd'],
  SYSCALL_OPENAT_2_X: ['name', 'open'],
  SYSCALL_OPENAT2_X: ['name', 'open'],
  SYSCALL_FCHMODAT_X: ['filename', 'at'],
  SYSCALL_CHMOD_X: ['filename', 'cwd'],
  SYSCALL_FCHMOD_X: ['', 'cwd'],
  SYSCALL_CHOWN_X: ['path', 'cwd'],
  SYSCALL_LCHOWN_X: ['path', 'cwd'],
  SYSCALL_FCHOWN_X: ['', 'cwd'],
  SYSCALL_FCHOWNAT_X: ['pathname', 'at'],
  SYSCALL_QUOTACTL_X: ['special', 'cwd'],
  SYSCALL_UMOUNT_1_X: ['name', 'cwd'],
  SYSCALL_UMOUNT2_X: ['name', 'cwd'],
};

/** Source and target. Of links the source is the new name, and the target what it leads to. */
const MOVED: Readonly<Record<string, readonly [source: Place, target: Place]>> = {
  SYSCALL_RENAME_X: [
    ['oldpath', 'cwd'],
    ['newpath', 'cwd'],
  ],
  SYSCALL_RENAMEAT_X: [
    ['oldpath', 'cwd'],
    ['newpath', 'cwd'],
  ],
  SYSCALL_RENAMEAT2_X: [
    ['oldpath', 'dir:olddirfd'],
    ['newpath', 'dir:newdirfd'],
  ],
  SYSCALL_LINK_2_X: [
    ['newpath', 'cwd'],
    ['oldpath', 'cwd'],
  ],
  SYSCALL_LINKAT_2_X: [
    ['newpath', 'cwd'],
    ['oldpath', 'cwd'],
  ],
  SYSCALL_SYMLINK_X: [
    ['linkpath', 'cwd'],
    ['target', 'cwd'],
  ],
  SYSCALL_SYMLINKAT_X: [
    ['linkpath', 'at'],
    ['target', 'unknown'],
  ],
  SYSCALL_MOUNT_X: [
    ['dev', 'cwd'],
    ['dir', 'cwd'],
  ],
};

/** Their result is a file descriptor. */
const OPENS: ReadonlySet<string> = new Set(['SYSCALL_OPEN_X', 'SYSCALL_OPENAT_2_X', 'SYSCALL_OPENAT2_X']);

/** The paths of each event type, by code; undefined for one that names none. */
export const PATH_EVENTS: readonly (PathEvent | undefined)[] = EVENT_TYPES.map(({ symbol }) => {
  const name = NAMED[symbol];
  const [source, target] = MOVED[symbol] ?? [];
  if (name === undefined && source === undefined) return undefined;
  return {
    success: OPENS.has(symbol) ? 'any-but-minus-one' : 'zero',
    name: place(symbol, name),
    source: place(symbol, source),
    target: place(symbol, target),
  };
});

function place(symbol: string, of: Place | undefined): PathPlace | undefined {
  if (of === undefined) return undefined;
  const [param, base] = of;
  return { param: param === '' ? -1 : paramIndex(symbol, param), base: baseOf(symbol, base) };
}

function baseOf(symbol: string, base: Place[1]): Base {
  if (base.startsWith('dir:')) return { directory: paramIndex(symbol, base.slice('dir:'.length)) };
  if (base === 'open') return 'open-file';
  if (base === 'at') return 'directory-of-event';
  return base === 'unknown' ? 'unknown' : 'working-directory';
}

function paramIndex(symbol: string, name: string): number {
  const index = EVENT_TYPES[eventCode(symbol)]?.params.findIndex((param) => param.name === name) ?? -1;
  if (index === -1) throw new Error(`${symbol} has no parameter ${name}`);
  return index;
}
