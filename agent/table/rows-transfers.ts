import { BITS } from './flags.ts';
import { bits, data, filled, filledVector, int, plain, pointed, result, vector, vectorSize } from './params.ts';
import type { RowSpec } from './row.ts';

/** Bytes that are read and written. */
export const TRANSFER_ROWS: readonly RowSpec[] = [
  ['read', 'transfer', 'SYSCALL_READ_X', [result, filled(1), int(0), plain(2)]],
  ['write', 'transfer', 'SYSCALL_WRITE_X', [result, data(1, 2), int(0), plain(2)]],
  ['pread64', 'transfer', 'SYSCALL_PREAD_X', [result, filled(1), int(0), plain(2), plain(3)]],
  ['pwrite64', 'transfer', 'SYSCALL_PWRITE_X', [result, data(1, 2), int(0), plain(2), plain(3)]],
  ['readv', 'transfer', 'SYSCALL_READV_X', [result, vectorSize(1, 2), filledVector(1, 2), int(0)]],
  ['writev', 'transfer', 'SYSCALL_WRITEV_X', [result, vector(1, 2), int(0), vectorSize(1, 2)]],
  ['preadv', 'transfer', 'SYSCALL_PREADV_X', [result, vectorSize(1, 2), filledVector(1, 2), int(0), plain(3)]],
  ['pwritev', 'transfer', 'SYSCALL_PWRITEV_X', [result, vector(1, 2), int(0), vectorSize(1, 2), plain(3)]],
  ['sendfile', 'transfer', 'SYSCALL_SENDFILE_X', [result, pointed(2, 8, { size: 8 }), int(0), int(1), plain(3)]],
  ['splice', 'transfer', 'SYSCALL_SPLICE_X', [result, int(0), int(2), plain(4), bits(5, BITS.same)]],
  ['copy_file_range', 'transfer', 'SYSCALL_COPY_FILE_RANGE_X', [result, int(2), plain(3), int(0), plain(1), plain(4)]],
  ['process_vm_readv', 'transfer', 'SYSCALL_PROCESS_VM_READV_X', [result, int(0), filledVector(1, 2)]],
  ['process_vm_writev', 'transfer', 'SYSCALL_PROCESS_VM_WRITEV_X', [result, int(0), vector(1, 2)]],
];
