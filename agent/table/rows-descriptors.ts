import { polled } from './files.ts';
import { BITS } from './flags.ts';
import { absent, bits, fixed, int, plain, pointed, result, text, uint } from './params.ts';
import type { ParamAt, RowSpec } from './row.ts';

/** Descriptors that are made, doubled, waited for. */
export const DESCRIPTOR_ROWS: readonly RowSpec[] = [
  ['dup', 'file', 'SYSCALL_DUP_1_X', [result, int(0)]],
  ['dup2', 'file', 'SYSCALL_DUP2_X', [result, int(0), int(1)]],
  ['dup3', 'file', 'SYSCALL_DUP3_X', [result, int(0), int(1), bits(2, BITS.cloexec)]],
  ['pipe', 'file', 'SYSCALL_PIPE_X', [result, ...pair(0), pipeInode]],
  ['pipe2', 'file', 'SYSCALL_PIPE2_X', [result, ...pair(0), pipeInode, bits(1, BITS.cloexec)]],
  ['eventfd', 'file', 'SYSCALL_EVENTFD_X', [result, uint(0), fixed(0)]],
  ['eventfd2', 'file', 'SYSCALL_EVENTFD2_X', [result, bits(1, BITS.cloexec), uint(0)]],
  ['signalfd', 'file', 'SYSCALL_SIGNALFD_X', [result, int(0), fixed(0), fixed(0)]],
  ['signalfd4', 'file', 'SYSCALL_SIGNALFD4_X', [result, bits(3, BITS.cloexec), int(0), fixed(0)]],
  ['timerfd_create', 'file', 'SYSCALL_TIMERFD_CREATE_X', [result, plain(0), fixed(0)]],
  ['inotify_init', 'file', 'SYSCALL_INOTIFY_INIT_X', [result, fixed(0)]],
  ['inotify_init1', 'file', 'SYSCALL_INOTIFY_INIT1_X', [result, bits(0, BITS.cloexec)]],
  ['epoll_create', 'file', 'SYSCALL_EPOLL_CREATE_X', [result, int(0)]],
  ['epoll_create1', 'file', 'SYSCALL_EPOLL_CREATE1_X', [result, bits(0, BITS.cloexec)]],
  ['epoll_wait', 'transfer', 'SYSCALL_EPOLLWAIT_X', [result, int(2)]],
  ['poll', 'transfer', 'SYSCALL_POLL_X', [result, polled(0, 1), int(2)]],
  ['ppoll', 'transfer', 'SYSCALL_PPOLL_X', [result, polled(0, 1), absent, absent]],
  ['select', 'transfer', 'SYSCALL_SELECT_X', [result]],
  ['memfd_create', 'file', 'SYSCALL_MEMFD_CREATE_X', [result, text(0), bits(1, BITS.same)]],
  ['userfaultfd', 'file', 'SYSCALL_USERFAULTFD_X', [result, bits(0, BITS.cloexec)]],
  ['pidfd_open', 'file', 'SYSCALL_PIDFD_OPEN_X', [result, int(0), bits(1, BITS.pidfd)]],
  ['pidfd_getfd', 'file', 'SYSCALL_PIDFD_GETFD_X', [result, int(0), int(1), plain(2)]],
  [
    'io_uring_setup',
    'file',
    'SYSCALL_IO_URING_SETUP_X',
    [result, plain(0), uring(0), uring(4), uring(8), uring(12), uring(16), uring(20)],
  ],
  [
    'io_uring_enter',
    'transfer',
    'SYSCALL_IO_URING_ENTER_X',
    [result, int(0), plain(1), plain(2), bits(3, BITS.same), fixed(0)],
  ],
  ['io_uring_register', 'transfer', 'SYSCALL_IO_URING_REGISTER_X', [result, int(0), plain(1), plain(2), plain(3)]],
];

/** Two descriptors that the call puts where an argument points. */
export function pair(list: number): readonly ParamAt[] {
  return [0, 4].map((offset) => pointed(list, 8, { offset, signed: true, otherwise: -1, isOutput: true }));
}

/** The inode of a pipe is not collected: the two ends are known by their numbers. */
function pipeInode(): ReturnType<ParamAt> {
  return { steps: [], write: (_, output) => output.uint64(0, 0) };
}

function uring(offset: number): ParamAt {
  return pointed(1, 28, { offset });
}
