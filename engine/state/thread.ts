import type { ByteString } from '../model/byte-string.ts';
import type { Integer } from '../model/integer.ts';
import type { FileTable } from './files.ts';

/** Unknown user or group id. */
export const NO_ID = 0xffffffff;

/**
 * What is known about one thread (Linux: task). Fields that Falco takes from the main thread of the process (working
 * directory, environment, open files) are read through `main`.
 */
export class Thread {
  /** Host thread id, the key of the table. */
  readonly tid: number;
  /** Host process id (thread group); -1 for a placeholder that is known by its tid alone. */
  pid = -1;
  /** Host pid of the parent process; -1 or 0 when there is none. */
  ptid = -1;
  sid = -1;
  pgid = -1;
  /** Process group and ids as seen inside the pid namespace. */
  vpgid = -1;
  vtid = -1;
  vpid = -1;
  /** The kernel's 15-character name: `proc.name`. */
  comm: ByteString = '<NA>';
  /** argv[0]: `proc.exe`. */
  exe: ByteString = '<NA>';
  /** Resolved path of the program. */
  exepath: ByteString = '';
  /** argv[1] and on. */
  args: readonly ByteString[] = [];
  /** `NAME=value` each; of the main thread. */
  env: readonly ByteString[] = [];
  /** Working directory, ends in `/`; of the main thread. */
  cwd: ByteString = '';
  root: ByteString = '';
  /** `subsystem=path` each. */
  cgroups: readonly ByteString[] = [];
  uid = NO_ID;
  gid = NO_ID;
  loginuid = NO_ID;
  capInheritable: Integer = 0;
  capPermitted: Integer = 0;
  capEffective: Integer = 0;
  tty = 0;
  fdLimit: Integer = -1;
  /** Kilobytes. */
  vmSize = 0;
  vmRss = 0;
  vmSwap = 0;
  majorFaults: Integer = 0;
  minorFaults: Integer = 0;
  exeInode: Integer = 0;
  /** Nanoseconds since the epoch. */
  exeCtime: Integer = 0;
  exeMtime: Integer = 0;
  /** Nanoseconds from the inode's change to the start of the clone and of the pid namespace's first process; set by execve. */
  exeCtimeToStart: Integer = 0;
  exeCtimeToPidnsStart: Integer = 0;
  exeWritable = false;
  exeUpperLayer = false;
  exeLowerLayer = false;
  exeFromMemfd = false;
  /** Nanoseconds since the epoch: when cloned, when last executed, when its pid namespace began; 0n unknown. */
  cloneTime = 0n;
  lastExecTime = 0n;
  pidnsStartTime = 0n;
  /** Bits of `PPM_CL_*`. */
  flags = 0;
  /** Container id cut to what `container.id` prints; empty on the host. */
  containerId: ByteString = '';
  /** A process that adopts orphans (PR_SET_CHILD_SUBREAPER). */
  reaper = false;
  /** Exited, kept until the next event. */
  dead = false;
  /** Threads of the same process that are alive, this one included; counted on the main thread. */
  liveThreads = 1;
  /** Direct children that are alive. */
  children = 0;
  /** The main thread of the process; itself when it is one; undefined when that is not known. */
  main: Thread | undefined;
  /** The entry of `ptid`; undefined when it is not known. */
  parent: Thread | undefined;
  /** Open files; only the main thread's own table counts, see `main`. */
  files: FileTable | undefined;
  /** The fd of the thread's current event, -1 for none; `fd.num`. */
  lastEventFd = -1;

  /** Dense number of this entry, for tables of verdicts; reused after the thread is gone. */
  slot = -1;
  /** Clock reading of the last change to this thread's own facts. */
  stamp = 0;

  constructor(tid: number) {
    this.tid = tid;
  }
}
