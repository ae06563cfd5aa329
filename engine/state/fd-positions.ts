import { EVENT_FLAG, EVENT_TYPES, eventCode } from '../model/event-types.ts';

/** Exit events that use a file: the parameter that holds its number. */
const POSITIONS: Readonly<Record<number, string>> = {
  1: `SYSCALL_SETNS_X SOCKET_LISTEN_X SOCKET_SHUTDOWN_X SYSCALL_FCHDIR_X SYSCALL_LSEEK_X SYSCALL_LLSEEK_X
      SYSCALL_IOCTL_3_X SYSCALL_FSTAT_X SYSCALL_CLOSE_X SYSCALL_GETDENTS_X SYSCALL_GETDENTS64_X SYSCALL_FLOCK_X
      SYSCALL_COPY_FILE_RANGE_X SYSCALL_FCNTL_X SYSCALL_DUP_1_X SYSCALL_DUP2_X SYSCALL_DUP3_X SYSCALL_NEWFSTATAT_X
      SYSCALL_FCHOWNAT_X SYSCALL_FCHMODAT_X SYSCALL_MKDIRAT_X SYSCALL_UNLINKAT_2_X SYSCALL_MKNODAT_X
      SOCKET_SENDMMSG_X SOCKET_RECVMMSG_X SYSCALL_IO_URING_REGISTER_X SYSCALL_IO_URING_ENTER_X SOCKET_SETSOCKOPT_X
      SOCKET_GETSOCKOPT_X SYSCALL_FSCONFIG_X SYSCALL_FINIT_MODULE_X SYSCALL_FCHMOD_X SYSCALL_FCHOWN_X`,
  2: `SYSCALL_READ_X SYSCALL_PREAD_X SOCKET_BIND_X SYSCALL_WRITE_X SYSCALL_PWRITE_X SOCKET_RECV_X SOCKET_SEND_X
      SOCKET_SENDTO_X SOCKET_SENDMSG_X SYSCALL_SENDFILE_X SYSCALL_SPLICE_X SYSCALL_WRITEV_X SYSCALL_PWRITEV_X
      SOCKET_CONNECT_X SYSCALL_SYMLINKAT_X`,
  3: 'SOCKET_RECVFROM_X SYSCALL_READV_X SYSCALL_PREADV_X',
  5: 'SOCKET_RECVMSG_X',
  8: 'SYSCALL_MMAP_X SYSCALL_MMAP2_X',
};

const NO_FD = -1;

/** By event code, the parameter that holds the number of the file that the event uses; -1 for events without one. */
export const FD_POSITIONS: Int8Array = positions();

function positions(): Int8Array {
  const table = new Int8Array(EVENT_TYPES.length).fill(NO_FD);
  for (const [position, symbols] of Object.entries(POSITIONS)) {
    for (const symbol of symbols.split(/\s+/)) table[eventCode(symbol)] = Number(position);
  }
  table[eventCode('SOCKET_CONNECT_E')] = 0;
  return table;
}

/** By event code, whether the event uses a file at all. */
export const USES_FD: Uint8Array = Uint8Array.from(EVENT_TYPES, ({ flags }) =>
  (flags & EVENT_FLAG.USES_FD) !== 0 ? 1 : 0,
);
