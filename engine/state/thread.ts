import type { ByteString } from '../model/byte-string.ts';
import type { Integer } from '../model/integer.ts';
import { CLONE } from './clone-flags.ts';
import type { EnterEvent } from './enter-event.ts';
import type { File, FileTable } from './files.ts';
import { Offspring, present } from './parentage.ts';
import { TextList } from './text-list.ts';
import type { ThreadGroup } from './thread-group.ts';
import type { ThreadTable } from './thread-table.ts';

/** Unknown user or group id. */
export const NO_ID = 0xffffffff;

/** What a text has that isn't known. */
export const UNKNOWN = '<NA>';

const NONE: readonly ByteString[] = [];

/**
 * What is known about one thread (Linux: task). Fields that Falco takes from the main thread of the process (working
 * directory, environment, open files) are read through `main`. Lists are replaced, never changed.
 *
 * `stamp` follows every fact but those that move all the time: memory and fault counters, `fdLimit`, `children`,
 * `liveThreads`, `lastEventFd` and the open files. What is decided about a thread once must not depend on these.
 */
export class Thread {
  /** Host thread id, the key of the table. */
  readonly tid: number;
  /** Host process id (thread group); -1 for a placeholder that is known by its tid alone. */
  pid = -1;
  sid = -1;
  pgid = -1;
  /** Process group and ids as seen inside the pid namespace. */
  vpgid = -1;
  vtid = -1;
  vpid = -1;
  /** The kernel's 15-character name at the last exec: `proc.name`. */
  comm: ByteString = UNKNOWN;
  /** argv[0]: `proc.exe`. */
  exe: ByteString = UNKNOWN;
  /** Resolved path of the program. */
  exepath: ByteString = '';
  /** See `args` and `env`. */
  argList = TextList.EMPTY;
  envList = TextList.EMPTY;
  /** Working directory, ends in `/`; of the main thread. */
  cwd: ByteString = '';
  root: ByteString = '';
  /** `subsystem=path` each, subsystems by today's names. */
  cgroups: readonly ByteString[] = NONE;
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
  /** Bits of `PPM_CL_*`, see `CLONE`. */
  flags: number = CLONE.NAME_CHANGED;
  /** Container id cut to what `container.id` prints; empty on the host. */
  containerId: ByteString = '';
  /** Direct children, as Falco counts them. */
  children = 0;
  /** This entry's own files; see `openFiles`. Made when the first one is opened. */
  files: FileTable | undefined = undefined;
  /** The threads of its process; undefined for a placeholder. */
  group: ThreadGroup | undefined = undefined;
  /** The fd of the thread's current event, -1 for none; `fd.num`. */
  lastEventFd = 0;
  /** Code of the last entry event, -1 for none. */
  lastEnterType = -1;
  /** Whether the current event is the exit of `lastEnterType`. */
  isPaired = false;
  /** The entry event that waits for its exit; one object, reused. */
  enter: EnterEvent | undefined = undefined;
  /** Who adopts the children, as the kernel said at exit; -1 unknown. */
  reaperTid = -1;
  /** Its children, to hand on at exit. */
  offspring: Offspring;
  /** The children that this one is among. */
  siblings: Offspring | undefined = undefined;
  /** How long Falco's own list of children is: it holds on to those that left until some ten of them have. */
  listedChildren = 0;

  /** Dense number of this entry, for tables of verdicts; reused after the thread is gone. */
  slot = -1;
  /** Clock reading of the last change to this thread's own facts. */
  stamp = 0;
  /** The newest stamp of its line, and the clock reading at which it was found. */
  lineStamp = 0;
  lineFoundAt = -1;
  /** Left the table. */
  gone = false;
  /** Took the place of an entry that others may still name as their parent. */
  isSuccessor = false;
  #ptid = -1;
  readonly #table: ThreadTable | undefined;

  constructor(tid: number, table?: ThreadTable) {
    this.tid = tid;
    this.offspring = new Offspring(tid);
    this.#table = table;
  }

  /** Host pid of the parent process; -1 or 0 when there is none. */
  get ptid(): number {
    return this.siblings === undefined ? this.#ptid : present(this.siblings).tid;
  }

  set ptid(ptid: number) {
    this.siblings = undefined;
    this.#ptid = ptid;
  }

  /** True for the thread that the process began with. */
  get isMain(): boolean {
    return this.tid === this.pid || (this.flags & CLONE.IS_MAIN_THREAD) !== 0;
  }

  /** The main thread of the process; itself when it is one; undefined when that is not known. */
  get main(): Thread | undefined {
    return this.isMain ? this : this.group?.main;
  }

  /** The entry of `ptid`; undefined when it is not known. */
  get parent(): Thread | undefined {
    return this.#table?.get(this.ptid);
  }

  /** argv[1] and on. */
  get args(): readonly ByteString[] {
    return this.argList.texts;
  }

  set args(list: readonly ByteString[]) {
    this.argList = TextList.of(list);
  }

  /** `NAME=value` each; of the main thread. */
  get env(): readonly ByteString[] {
    return this.envList.texts;
  }

  set env(list: readonly ByteString[]) {
    this.envList = TextList.of(list);
  }

  /** Exited, kept until the next event. */
  get dead(): boolean {
    return (this.flags & CLONE.CLOSED) !== 0;
  }

  /** A process that adopts orphans (an init, or PR_SET_CHILD_SUBREAPER). */
  get reaper(): boolean {
    return this.group?.reaper ?? false;
  }

  /** Threads of the same process that are alive, this one included. */
  get liveThreads(): number {
    return this.group?.alive ?? 0;
  }

  /** Known by its tid alone, or not even by a proper one. */
  get isPlaceholder(): boolean {
    return this.tid < 0 || this.pid < 0 || this.ptid < 0;
  }

  /** Its ids inside its pid namespace differ from the host's. */
  get inPidNamespace(): boolean {
    return (this.flags & CLONE.CHILD_IN_PIDNS) !== 0 || (this.tid !== this.vtid && this.vtid >= 0);
  }

  /** The open files that count for this thread: its own, or its process's when it shares them. */
  get openFiles(): FileTable | undefined {
    return (this.flags & CLONE.FILES) === 0 ? this.files : this.main?.files;
  }

  /** One of them by number. */
  file(fd: number): File | undefined {
    return fd < 0 ? undefined : this.openFiles?.peek(fd);
  }

  /** The one that an event means; see `FileTable.find`. */
  findFile(fd: number): File | undefined {
    return fd < 0 ? undefined : this.openFiles?.find(fd);
  }

  /** The working directory that counts for this thread. */
  get workingDirectory(): ByteString {
    const { main } = this;
    return main === undefined ? './' : main.cwd;
  }

  /** Says that a fact of this thread changed. */
  changed(): void {
    if (this.#table !== undefined) this.stamp = this.#table.clock.tick();
  }
}
