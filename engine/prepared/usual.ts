import { EVENT_TYPES } from '../model/event-types.ts';
import { selectionOf, type Selection } from './selection.ts';

/** Fields that people write first. */
export const USUAL_FIELDS: readonly string[] =
  'evt.type evt.dir evt.res evt.rawres evt.arg.flags evt.arg.name evt.arg.path evt.is_open_read evt.is_open_write evt.args proc.name proc.exe proc.exepath proc.cmdline proc.args proc.cwd proc.tty proc.pid proc.ppid proc.vpid proc.pname proc.pcmdline proc.pexepath proc.aname[2] proc.aname[3] proc.sname proc.env proc.is_exe_upper_layer user.name user.uid user.loginuid user.loginname fd.name fd.num fd.type fd.typechar fd.directory fd.filename fd.sip fd.sport fd.cip fd.cport fd.lip fd.rip fd.lport fd.rport fd.l4proto fd.sip.name container.id container.name container.image.repository container.image.tag container.privileged k8s.ns.name k8s.pod.name'.split(
    ' ',
  );

/** Fields that rule sets ask for beside those: what syscalls do to what, ancestors, programs, capabilities. */
const FURTHER_FIELDS: readonly string[] =
  'evt.arg.cmd evt.arg.domain evt.arg.fd evt.arg.filename evt.arg.linkpath evt.arg.mode evt.arg.newpath evt.arg.oldpath evt.arg.pid evt.arg.request evt.arg.target evt.arg.uid fd.connected fd.ip fd.port fd.net fd.snet fd.cnet fd.lnet fd.rnet fd.nameraw fd.name_changed fd.sockfamily fd.cip.name fd.lip.name fd.rip.name group.gid group.name proc.aname proc.aname[1] proc.aname[4] proc.aname[5] proc.aname[6] proc.aname[7] proc.aexe[2] proc.aexepath[2] proc.acmdline[2] proc.pexe proc.duration proc.exe_ino.ctime proc.exe_ino.mtime proc.exe_ino.ctime_duration_proc_start proc.is_exe_from_memfd proc.is_exe_writable proc.is_vpgid_leader thread.cap_effective thread.cap_permitted container.mounts container.start_ts'.split(
    ' ',
  );

/** Syscalls that programs make all the time and that hardly any rule looks at. Rules that do widen what is kept. */
const NOISE: ReadonlySet<string> = new Set(
  'NA syscall drop switch procinfo signaldeliver prlimit close read readv pread preadv write writev pwrite pwritev recv recvfrom recvmsg recvmmsg send sendmmsg sendfile splice lseek llseek ioctl fcntl stat lstat fstat stat64 lstat64 fstat64 newfstatat getcwd getdents getdents64 access futex poll ppoll select epoll_wait epoll_create epoll_create1 eventfd eventfd2 pipe pipe2 timerfd_create nanosleep brk mmap mmap2 munmap mprotect mlock munlock mlockall munlockall mlock2 getrlimit semop semctl semget getuid geteuid getgid getegid getresuid getresgid getsockname getpeername getsockopt setsockopt shutdown io_uring_enter socketpair inotify_init inotify_init1 signalfd signalfd4 flock close_range copy_file_range procexit'.split(
    ' ',
  ),
);

/** What is asked beside the usual. */
export interface More {
  /** Names of fields. */
  readonly fields: readonly string[];
  /** Codes of event types. */
  readonly types: readonly number[];
}

/** What a prepared form holds whose rules are not known yet. */
export function usualSelection({ fields, types }: More): Selection {
  const wanted = new Set(types);
  return {
    types: Uint8Array.from(EVENT_TYPES, ({ code, name }) => (NOISE.has(name) && !wanted.has(code) ? 0 : 1)),
    fields: selectionOf([], [...USUAL_FIELDS, ...FURTHER_FIELDS, ...fields]).fields,
  };
}
