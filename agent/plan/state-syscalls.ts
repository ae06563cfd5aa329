/** Syscalls by which a recorder knows which processes there are, what they run, who they are and where they work. */
export const PROCESS_STATE: ReadonlySet<string> = words(
  'clone clone3 fork vfork execve execveat procexit chdir fchdir chroot setsid setpgid prctl capset ' +
    'setuid setgid setreuid setregid setresuid setresgid setrlimit prlimit64',
);

/** Syscalls by which it knows what is behind a descriptor. */
export const DESCRIPTOR_STATE: ReadonlySet<string> = words(
  'open openat openat2 creat open_by_handle_at close close_range dup dup2 dup3 fcntl pipe pipe2 ' +
    'socket socketpair bind connect listen accept accept4 getsockopt shutdown ' +
    'eventfd eventfd2 signalfd signalfd4 timerfd_create inotify_init inotify_init1 epoll_create epoll_create1 ' +
    'memfd_create userfaultfd io_uring_setup pidfd_open pidfd_getfd bpf',
);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}
