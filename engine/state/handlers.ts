import { EVENT_TYPES, eventCode } from '../model/event-types.ts';
import { groupAdded, groupDeleted, userAdded, userDeleted } from './account-news.ts';
import { asyncEvent, containerJson, thenAssignContainer } from './container-news.ts';
import type { Handler } from './handler.ts';
import { keepConnect, keepExecveat, keepOpen, keepOpenat, keepPath } from './kept-enter.ts';
import { accept, accept4 } from './syscalls/accept.ts';
import { bind } from './syscalls/bind.ts';
import { bpf } from './syscalls/bpf.ts';
import { capset, setns, unshare } from './syscalls/capset.ts';
import { chdir, chroot, fchdir } from './syscalls/chdir.ts';
import { clone } from './syscalls/clone.ts';
import { close, closeRange } from './syscalls/close.ts';
import { connect } from './syscalls/connect.ts';
import { setgid, setresgid, setresuid, setuid } from './syscalls/credentials.ts';
import { dup, dup3 } from './syscalls/dup.ts';
import { epollCreate, epollCreate1 } from './syscalls/epoll.ts';
import { eventfd, eventfd2 } from './syscalls/eventfd.ts';
import { execve } from './syscalls/execve.ts';
import { fcntl } from './syscalls/fcntl.ts';
import { inotifyInit, inotifyInit1 } from './syscalls/inotify.ts';
import { ioUringSetup } from './syscalls/io_uring.ts';
import { memfdCreate } from './syscalls/memfd_create.ts';
import { contextSwitch, memory } from './syscalls/memory.ts';
import { creat, open, openat, openat2, openByHandleAt } from './syscalls/open.ts';
import { pidfdGetfd, pidfdOpen } from './syscalls/pidfd.ts';
import { pipe, pipe2 } from './syscalls/pipe.ts';
import { prctl } from './syscalls/prctl.ts';
import { procexit } from './syscalls/procexit.ts';
import { prlimit, rlimit } from './syscalls/rlimit.ts';
import { setsid } from './syscalls/setsid.ts';
import { signalfd, signalfd4 } from './syscalls/signalfd.ts';
import { socket } from './syscalls/socket.ts';
import { socketpair } from './syscalls/socketpair.ts';
import { timerfdCreate } from './syscalls/timerfd.ts';
import { receive, send, sendmmsg, transfer } from './syscalls/transfer.ts';
import { userfaultfd } from './syscalls/userfaultfd.ts';

const newProcess = thenAssignContainer(clone);
const newProgram = thenAssignContainer(execve);

/** What each type of event does to the state, by its symbol. */
const BY_SYMBOL: Readonly<Record<string, Handler>> = {
  SYSCALL_OPEN_E: keepOpen,
  SYSCALL_CREAT_E: keepPath,
  SYSCALL_OPENAT_2_E: keepOpenat,
  SYSCALL_OPENAT2_E: keepOpenat,
  SYSCALL_EXECVE_19_E: keepPath,
  SYSCALL_EXECVEAT_E: keepExecveat,
  SOCKET_CONNECT_E: keepConnect,
  SYSCALL_OPEN_X: open,
  SYSCALL_CREAT_X: creat,
  SYSCALL_OPENAT_2_X: openat,
  SYSCALL_OPENAT2_X: openat2,
  SYSCALL_OPEN_BY_HANDLE_AT_X: openByHandleAt,
  SYSCALL_CLOSE_X: close,
  SYSCALL_CLOSE_RANGE_X: closeRange,
  SYSCALL_DUP_1_X: dup,
  SYSCALL_DUP2_X: dup,
  SYSCALL_DUP3_X: dup3,
  SYSCALL_FCNTL_X: fcntl,
  SYSCALL_PIPE_X: pipe,
  SYSCALL_PIPE2_X: pipe2,
  SYSCALL_EVENTFD_X: eventfd,
  SYSCALL_EVENTFD2_X: eventfd2,
  SYSCALL_SIGNALFD_X: signalfd,
  SYSCALL_SIGNALFD4_X: signalfd4,
  SYSCALL_TIMERFD_CREATE_X: timerfdCreate,
  SYSCALL_INOTIFY_INIT_X: inotifyInit,
  SYSCALL_INOTIFY_INIT1_X: inotifyInit1,
  SYSCALL_EPOLL_CREATE_X: epollCreate,
  SYSCALL_EPOLL_CREATE1_X: epollCreate1,
  SYSCALL_BPF_2_X: bpf,
  SYSCALL_USERFAULTFD_X: userfaultfd,
  SYSCALL_IO_URING_SETUP_X: ioUringSetup,
  SYSCALL_MEMFD_CREATE_X: memfdCreate,
  SYSCALL_PIDFD_OPEN_X: pidfdOpen,
  SYSCALL_PIDFD_GETFD_X: pidfdGetfd,
  SYSCALL_READ_X: transfer,
  SYSCALL_READV_X: transfer,
  SYSCALL_PREAD_X: transfer,
  SYSCALL_PREADV_X: transfer,
  SYSCALL_WRITE_X: transfer,
  SYSCALL_WRITEV_X: transfer,
  SYSCALL_PWRITE_X: transfer,
  SYSCALL_PWRITEV_X: transfer,
  SOCKET_RECVFROM_X: receive(2),
  SOCKET_RECVMSG_X: receive(3),
  SOCKET_RECVMMSG_X: receive(4),
  SOCKET_RECV_X: receive(4),
  SOCKET_SEND_X: send,
  SOCKET_SENDTO_X: send,
  SOCKET_SENDMSG_X: send,
  SOCKET_SENDMMSG_X: sendmmsg,
  SOCKET_SOCKET_X: socket,
  SOCKET_SOCKETPAIR_X: socketpair,
  SOCKET_BIND_X: bind,
  SOCKET_CONNECT_X: connect,
  SOCKET_ACCEPT_5_X: accept,
  SOCKET_ACCEPT4_6_X: accept4,
  SYSCALL_CLONE_20_X: newProcess,
  SYSCALL_FORK_20_X: newProcess,
  SYSCALL_VFORK_20_X: newProcess,
  SYSCALL_CLONE3_X: newProcess,
  SYSCALL_EXECVE_19_X: newProgram,
  SYSCALL_EXECVEAT_X: newProgram,
  PROCEXIT_1_E: procexit,
  SYSCALL_CHDIR_X: chdir,
  SYSCALL_FCHDIR_X: fchdir,
  SYSCALL_GETCWD_X: chdir,
  SYSCALL_CHROOT_X: thenAssignContainer(chroot),
  SYSCALL_SETUID_X: setuid,
  SYSCALL_SETREUID_X: setresuid,
  SYSCALL_SETRESUID_X: setresuid,
  SYSCALL_SETGID_X: setgid,
  SYSCALL_SETREGID_X: setresgid,
  SYSCALL_SETRESGID_X: setresgid,
  SYSCALL_CAPSET_X: capset,
  SYSCALL_UNSHARE_X: unshare,
  SYSCALL_SETNS_X: setns,
  SYSCALL_SETSID_X: setsid,
  SYSCALL_PRCTL_X: prctl,
  SYSCALL_GETRLIMIT_X: rlimit,
  SYSCALL_SETRLIMIT_X: rlimit,
  SYSCALL_PRLIMIT_X: prlimit,
  SYSCALL_BRK_4_X: memory,
  SYSCALL_MMAP_X: memory,
  SYSCALL_MMAP2_X: memory,
  SYSCALL_MUNMAP_X: memory,
  SCHEDSWITCH_6_E: contextSwitch,
  CONTAINER_JSON_2_E: containerJson,
  ASYNCEVENT_E: asyncEvent,
  USER_ADDED_E: userAdded,
  USER_DELETED_E: userDeleted,
  GROUP_ADDED_E: groupAdded,
  GROUP_DELETED_E: groupDeleted,
};

/** The same by event code. */
export const HANDLERS: readonly (Handler | undefined)[] = byCode();

/** By event code, 1 for types that change the state. Of others the state takes note of the thread and the file alone. */
export const stateEventTypes: Uint8Array = Uint8Array.from(HANDLERS, (handler) => (handler === undefined ? 0 : 1));

function byCode(): (Handler | undefined)[] {
  const handlers: (Handler | undefined)[] = Array.from(EVENT_TYPES, () => undefined);
  for (const [symbol, handler] of Object.entries(BY_SYMBOL)) handlers[eventCode(symbol)] = handler;
  return handlers;
}
