import { paramInfo } from '../../engine/model/event-flags.ts';
import type { Place } from './row.ts';

/** Bits of the kernel by the names that scap gives them. */
export type KernelBits = Readonly<Record<string, number>>;

/** x86-64's open flags; the access mode is treated apart. */
const OPEN: KernelBits = {
  O_CREAT: 0x40,
  O_TMPFILE: 0x410000,
  O_APPEND: 0x400,
  O_DSYNC: 0x1000,
  O_EXCL: 0x80,
  O_NONBLOCK: 0x800,
  O_SYNC: 0x101000,
  O_TRUNC: 0x200,
  O_DIRECT: 0x4000,
  O_DIRECTORY: 0x10000,
  O_LARGEFILE: 0x8000,
  O_CLOEXEC: 0x80000,
};

/** Flags of clone, unshare and setns. */
export const CLONE: KernelBits = {
  CLONE_FILES: 0x400,
  CLONE_FS: 0x200,
  CLONE_IO: 0x80000000,
  CLONE_NEWIPC: 0x08000000,
  CLONE_NEWNET: 0x40000000,
  CLONE_NEWNS: 0x20000,
  CLONE_NEWPID: 0x20000000,
  CLONE_NEWUTS: 0x04000000,
  CLONE_PARENT_SETTID: 0x100000,
  CLONE_PARENT: 0x8000,
  CLONE_PTRACE: 0x2000,
  CLONE_SIGHAND: 0x800,
  CLONE_SYSVSEM: 0x40000,
  CLONE_THREAD: 0x10000,
  CLONE_UNTRACED: 0x800000,
  CLONE_VM: 0x100,
  CLONE_NEWUSER: 0x10000000,
  CLONE_CHILD_CLEARTID: 0x200000,
  CLONE_CHILD_SETTID: 0x01000000,
  CLONE_SETTLS: 0x80000,
  CLONE_VFORK: 0x4000,
  CLONE_NEWCGROUP: 0x02000000,
};

/** Protection of memory. */
export const PROTECTION: KernelBits = {
  PROT_READ: 1,
  PROT_WRITE: 2,
  PROT_EXEC: 4,
  PROT_SEM: 8,
  PROT_GROWSDOWN: 0x01000000,
  PROT_GROWSUP: 0x02000000,
};

/** How memory is mapped. */
export const MAPPING: KernelBits = {
  MAP_SHARED: 1,
  MAP_PRIVATE: 2,
  MAP_FIXED: 0x10,
  MAP_ANONYMOUS: 0x20,
  MAP_32BIT: 0x40,
  MAP_NORESERVE: 0x4000,
  MAP_POPULATE: 0x8000,
  MAP_NONBLOCK: 0x10000,
  MAP_GROWSDOWN: 0x100,
  MAP_DENYWRITE: 0x800,
  MAP_EXECUTABLE: 0x1000,
  MAP_LOCKED: 0x2000,
};

/** Bits that are the same in the kernel and in scap: every flag of the parameter. */
const SAME: KernelBits = {};

/** Other flags, by the parameter that has them. */
export const BITS = {
  cloexec: { O_CLOEXEC: 0x80000, EPOLL_CLOEXEC: 0x80000, O_NONBLOCK: 0x800, O_DIRECT: 0x4000 },
  removeDir: { AT_REMOVEDIR: 0x200 },
  link: { AT_SYMLINK_FOLLOW: 0x400, AT_EMPTY_PATH: 0x1000 },
  stat: { AT_EMPTY_PATH: 0x1000, AT_NO_AUTOMOUNT: 0x800, AT_SYMLINK_NOFOLLOW: 0x100 },
  exec: { AT_EMPTY_PATH: 0x1000, AT_SYMLINK_NOFOLLOW: 0x100 },
  lock: { LOCK_SH: 1, LOCK_EX: 2, LOCK_NB: 4, LOCK_UN: 8 },
  semaphoreOperation: { IPC_NOWAIT: 0o4000, SEM_UNDO: 0x1000 },
  semaphore: { IPC_EXCL: 0o2000, IPC_CREAT: 0o1000 },
  resolve: {
    RESOLVE_NO_XDEV: 1,
    RESOLVE_NO_MAGICLINKS: 2,
    RESOLVE_NO_SYMLINKS: 4,
    RESOLVE_BENEATH: 8,
    RESOLVE_IN_ROOT: 16,
    RESOLVE_CACHED: 32,
  },
  delete: { O_NONBLOCK: 0x800, O_TRUNC: 0x200 },
  pidfd: { PIDFD_NONBLOCK: 0x800 },
  same: SAME,
} as const;

/** Turns the kernel's bits into scap's. */
export type Translation = (value: number) => number;

/** The translation of a parameter's flags, matched by name with those that scap has for it. */
export function bitsAt(place: Place, kernel: KernelBits): Translation {
  const flags = paramInfo(place.code, place.index)?.flags ?? [];
  if (kernel === SAME) {
    const all = flags.reduce((sum, [, bit]) => (sum | bit) >>> 0, 0);
    return (value) => (value & all) >>> 0;
  }
  const known = flags.filter(([name, bit]) => kernel[name] !== undefined && bit !== 0);
  // Pairs in two arrays of numbers: an array of pairs would be taken apart, and allocated for, with each event.
  const own = known.map(([name]) => kernel[name] as number);
  const theirs = known.map(([, bit]) => bit);
  return (value) => {
    let bits = 0;
    for (let i = 0; i < own.length; i++) if ((value & (own[i] as number)) !== 0) bits |= theirs[i] as number;
    return bits >>> 0;
  };
}

/** Open flags: a mode of access, and bits. */
export function openBits(place: Place): Translation {
  const others = bitsAt(place, OPEN);
  return (value) => {
    const access = value & 3;
    return others(value) | (access === 1 ? 2 : access === 2 ? 3 : 1);
  };
}

/** Values that stand for a choice, by number; what is not among them becomes `otherwise`. */
export function choice(numbers: Readonly<Record<number, number>>, otherwise: number): Translation {
  return (value) => numbers[value] ?? otherwise;
}
