import { SECTION } from '../stream/layout.ts';
import type { Record } from '../stream/record.ts';
import { fcntlCommand } from './choices.ts';
import { createMode, creatLayer, device, handlePath, inode, openFlags } from './files.ts';
import { BITS, bitsAt } from './flags.ts';
import {
  absent,
  bits,
  bytesAt,
  int,
  mapped,
  plain,
  pointed,
  result,
  step,
  text,
  textOfSuccess,
  uint,
} from './params.ts';
import { STEP, type RowSpec, type ParamAt } from './row.ts';

const OPEN_HOW_BYTES = 24;
const RETURNS_FILE = step(STEP.VALUE, 2, OPEN_HOW_BYTES);

/** openat2's flags lie in a structure. */
function howOf(offset: number): (record: Record) => number {
  return (record) => {
    const at = bytesAt(record, SECTION.VALUE, 2, OPEN_HOW_BYTES);
    return at === -1 ? 0 : record.uint32(at + offset);
  };
}

const argument = (index: number) => (record: Record) => record.low(index);

const openHow: ParamAt = (place) => {
  const flags = openFlags(howOf(0))(place);
  return { steps: [RETURNS_FILE, ...flags.steps], write: flags.write };
};

const resolve: ParamAt = (place) => pointed(2, OPEN_HOW_BYTES, { offset: 16, as: bitsAt(place, BITS.resolve) })(place);

const twoPaths = [result, text(0), text(1)];
const mknodMode = (index: number) => mapped(index, (mode) => mode & 0o177777);
const owner = (index: number) => [uint(index), uint(index + 1)];

/** Files opened, made, moved, removed; what they are allowed. */
export const FILE_ROWS: readonly RowSpec[] = [
  [
    'open',
    'file',
    'SYSCALL_OPEN_X',
    [result, text(0), openFlags(argument(1)), createMode(argument(1), argument(2)), device, inode],
  ],
  [
    'openat',
    'file',
    'SYSCALL_OPENAT_2_X',
    [result, int(0), text(1), openFlags(argument(2)), createMode(argument(2), argument(3)), device, inode],
  ],
  [
    'openat2',
    'file',
    'SYSCALL_OPENAT2_X',
    [result, int(0), text(1), openHow, createMode(howOf(0), howOf(8)), resolve, device, inode],
  ],
  [
    'creat',
    'file',
    'SYSCALL_CREAT_X',
    [result, text(0), mapped(1, (mode) => mode & 0o7777), device, inode, creatLayer],
  ],
  [
    'open_by_handle_at',
    'file',
    'SYSCALL_OPEN_BY_HANDLE_AT_X',
    [result, int(0), openFlags(argument(2)), handlePath, device, inode],
  ],
  ['close', 'close', 'SYSCALL_CLOSE_X', [result, int(0)]],
  ['close_range', 'close', 'SYSCALL_CLOSE_RANGE_X', [result, plain(0), plain(1), bits(2, BITS.same)]],
  ['stat', 'file', 'SYSCALL_STAT_X', [result, text(0)]],
  ['lstat', 'file', 'SYSCALL_LSTAT_X', [result, text(0)]],
  ['fstat', 'file', 'SYSCALL_FSTAT_X', [result, int(0)]],
  ['newfstatat', 'file', 'SYSCALL_NEWFSTATAT_X', [result, int(0), text(1), bits(3, BITS.stat)]],
  ['access', 'file', 'SYSCALL_ACCESS_X', [result, text(0), bits(1, BITS.same)]],
  ['rename', 'file', 'SYSCALL_RENAME_X', twoPaths],
  ['renameat', 'file', 'SYSCALL_RENAMEAT_X', [result, int(0), text(1), int(2), text(3)]],
  ['renameat2', 'file', 'SYSCALL_RENAMEAT2_X', [result, int(0), text(1), int(2), text(3), bits(4, BITS.same)]],
  ['symlink', 'file', 'SYSCALL_SYMLINK_X', twoPaths],
  ['symlinkat', 'file', 'SYSCALL_SYMLINKAT_X', [result, text(0), int(1), text(2)]],
  ['link', 'file', 'SYSCALL_LINK_2_X', twoPaths],
  ['linkat', 'file', 'SYSCALL_LINKAT_2_X', [result, int(0), text(1), int(2), text(3), bits(4, BITS.link)]],
  ['unlink', 'file', 'SYSCALL_UNLINK_2_X', [result, text(0)]],
  ['unlinkat', 'file', 'SYSCALL_UNLINKAT_2_X', [result, int(0), text(1), bits(2, BITS.removeDir)]],
  ['mkdir', 'file', 'SYSCALL_MKDIR_2_X', [result, text(0), uint(1)]],
  ['mkdirat', 'file', 'SYSCALL_MKDIRAT_X', [result, int(0), text(1), uint(2)]],
  ['rmdir', 'file', 'SYSCALL_RMDIR_2_X', [result, text(0)]],
  ['mknod', 'file', 'SYSCALL_MKNOD_X', [result, text(0), mknodMode(1), uint(2)]],
  ['mknodat', 'file', 'SYSCALL_MKNODAT_X', [result, int(0), text(1), mknodMode(2), uint(3)]],
  ['chmod', 'file', 'SYSCALL_CHMOD_X', [result, text(0), bits(1, BITS.same)]],
  ['fchmod', 'file', 'SYSCALL_FCHMOD_X', [result, int(0), bits(1, BITS.same)]],
  ['fchmodat', 'file', 'SYSCALL_FCHMODAT_X', [result, int(0), text(1), bits(2, BITS.same)]],
  ['chown', 'file', 'SYSCALL_CHOWN_X', [result, text(0), ...owner(1)]],
  ['lchown', 'file', 'SYSCALL_LCHOWN_X', [result, text(0), ...owner(1)]],
  ['fchown', 'file', 'SYSCALL_FCHOWN_X', [result, int(0), ...owner(1)]],
  ['fchownat', 'file', 'SYSCALL_FCHOWNAT_X', [result, int(0), text(1), ...owner(2), bits(4, BITS.stat)]],
  ['getcwd', 'file', 'SYSCALL_GETCWD_X', [result, textOfSuccess(0)]],
  ['chdir', 'process', 'SYSCALL_CHDIR_X', [result, text(0)], 'life'],
  ['fchdir', 'process', 'SYSCALL_FCHDIR_X', [result, int(0)], 'life'],
  ['chroot', 'process', 'SYSCALL_CHROOT_X', [result, text(0)], 'life'],
  ['mount', 'file', 'SYSCALL_MOUNT_X', [result, text(0), text(1), text(2), mapped(3, withoutMagic)]],
  ['umount2', 'file', 'SYSCALL_UMOUNT2_X', [result, text(0), bits(1, BITS.same)]],
  ['fsconfig', 'file', 'SYSCALL_FSCONFIG_X', [result, int(0), plain(1), text(2), absent, absent, plain(4)]],
  ['flock', 'file', 'SYSCALL_FLOCK_X', [result, int(0), bits(1, BITS.lock)]],
  ['fcntl', 'file', 'SYSCALL_FCNTL_X', [result, int(0), mapped(1, fcntlCommand), plain(2)]],
  ['ioctl', 'file', 'SYSCALL_IOCTL_3_X', [result, int(0), plain(1), plain(2)]],
  ['lseek', 'transfer', 'SYSCALL_LSEEK_X', [result, int(0), plain(1), plain(2)]],
  ['getdents', 'file', 'SYSCALL_GETDENTS_X', [result, int(0)]],
  ['getdents64', 'file', 'SYSCALL_GETDENTS64_X', [result, int(0)]],
  ['quotactl', 'file', 'SYSCALL_QUOTACTL_X', [result, text(1)]],
];

/** Old programs put a magic number in the upper half of mount's flags. */
function withoutMagic(flags: number): number {
  return (flags & 0xffff0000) >>> 0 === 0xc0ed0000 ? flags & 0xffff : flags;
}
