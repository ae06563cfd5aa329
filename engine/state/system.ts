import type { ByteString } from '../model/byte-string.ts';
import type { Event } from '../model/event.ts';
import type { FileEntry, GroupEntry, Machine, NetworkInterface, ProcessEntry, UserEntry } from '../model/snapshot.ts';
import { Texts, type Text } from '../model/text.ts';
import { Accounts } from './accounts.ts';
import { CgroupReader } from './cgroups.ts';
import { Clock } from './clock.ts';
import { Containers } from './containers.ts';
import { HAS_RESULT, IS_META_EVENT, KEPT_ENTER, NEWS } from './event-classes.ts';
import { FileTexts } from './file-texts.ts';
import { HANDLERS, stateEventTypes } from './handlers.ts';
import { importFiles, orientSockets } from './import-files.ts';
import { importProcess } from './import-process.ts';
import { isLocal } from './is-local.ts';
import { lineStamp } from './line-stamp.ts';
import { LocalAddresses } from './local-addresses.ts';
import { Moment } from './moment.ts';
import { PathTexts } from './path-texts.ts';
import { RecentlyExited } from './recently-exited.ts';
import { reset } from './reset.ts';
import { ThreadTable } from './thread-table.ts';
import type { Thread } from './thread.ts';

/** How far a section of a trace has come. */
const PHASE = { SNAPSHOT: 0, NEWS: 1, EVENTS: 2 } as const;

/** What a system is made with. */
export interface SystemOptions {
  /** The table of texts that verdicts are remembered by; a new one by default. */
  readonly texts?: Texts;
  /**
   * Names by address (4 or 16 bytes), the one that is shown first. No name server is ever asked: an address that isn't
   * here has no name.
   */
  readonly hosts?: ReadonlyMap<ByteString, readonly ByteString[]>;
  /** Falco's `buffer_format_base64`: buffers are shown in base64, not with dots for what can't be printed. */
  readonly base64Buffers?: boolean;
}

/**
 * Everything that is known about the machine while events pass. It is told of the snapshot first, then each event goes
 * `apply -> match -> settle`; `SystemSink` does both for a trace.
 */
export class System {
  readonly texts: Texts;
  /** Names by address, as given. */
  readonly hosts: ReadonlyMap<ByteString, readonly ByteString[]>;
  /** Buffers are shown in base64. */
  readonly base64Buffers: boolean;
  readonly clock = new Clock();
  readonly threads = new ThreadTable(this.clock);
  readonly accounts = new Accounts(this.clock);
  readonly containers = new Containers(this.clock);
  readonly local = new LocalAddresses();
  readonly recentlyExited = new RecentlyExited();
  readonly cgroups = new CgroupReader();
  readonly paths: PathTexts;
  readonly fileTexts = new FileTexts();
  /** The empty text as a directory: a path is taken as it is. */
  readonly noBase: Text;
  interfaces: readonly NetworkInterface[] = [];
  machine: Machine | undefined = undefined;
  /**
   * When the machine was started, nanoseconds since the epoch, as far as times are counted from it. Falco forgets what
   * it read about the machine when it opens a trace, and knows it in further sections only.
   */
  bootTime = 0n;
  /** Time of the first event that isn't about the trace itself, nanoseconds since the epoch; `evt.reltime` counts from it. */
  startTime = 0n;
  readonly #moment: Moment;
  readonly #serverPorts = new Set<number>();
  #phase: number = PHASE.SNAPSHOT;
  #isFirstSection = true;
  #hasStarted = false;
  #users: readonly UserEntry[] = [];
  #groups: readonly GroupEntry[] = [];
  /** Something is left to `settle`. */
  #isUnsettled = false;
  #isClosing = false;
  #closingTid = 0;
  #closingFd = 0;
  #isExiting = false;
  #exitedTid = 0;

  constructor(options: SystemOptions = {}) {
    this.texts = options.texts ?? new Texts();
    this.hosts = options.hosts ?? new Map();
    this.base64Buffers = options.base64Buffers === true;
    this.paths = new PathTexts(this.texts);
    this.noBase = this.texts.of('');
    this.#moment = new Moment(this);
  }

  /** A clock reading that changes whenever a fact of subject `thread` can have changed for this thread. */
  lineStamp(thread: Thread): number {
    return lineStamp(thread, this.clock);
  }

  /** Reading of the last change that concerns every thread. */
  get floor(): number {
    return this.clock.floor;
  }

  /** True for an address (4 or 16 bytes) of the machine, or of the container that the thread is in. */
  isLocal(ip: ByteString, thread: Thread): boolean {
    return isLocal(this, ip, thread);
  }

  /** A new section begins. Falco forgets threads and interfaces, and keeps accounts and containers. */
  beginSection(): void {
    if (this.#phase !== PHASE.SNAPSHOT) this.#isFirstSection = false;
    this.#phase = PHASE.SNAPSHOT;
    this.threads.clear();
    this.recentlyExited.clear();
    this.local.set([]);
    this.interfaces = [];
    this.#users = [];
    this.#groups = [];
    this.startTime = 0n;
    this.#hasStarted = false;
    this.#isUnsettled = false;
    this.#isClosing = false;
    this.#isExiting = false;
  }

  setMachine(machine: Machine): void {
    this.machine = machine;
    if (!this.#isFirstSection) this.bootTime = machine.bootTime;
  }

  setInterfaces(list: readonly NetworkInterface[]): void {
    this.interfaces = list;
  }

  setAccounts(users: readonly UserEntry[], groups: readonly GroupEntry[]): void {
    this.#users = users;
    this.#groups = groups;
  }

  addProcess(entry: ProcessEntry): void {
    importProcess(this, entry);
  }

  addFiles(tid: number, entries: readonly FileEntry[]): void {
    importFiles(this, tid, entries, this.#serverPorts);
  }

  /** Lets an event take effect. The moment is valid until the next call. */
  apply(event: Event): Moment {
    const moment = this.#moment;
    const isShown = this.#begin(event);
    moment.event = event;
    moment.visible = isShown && KEPT_ENTER[event.type] === 0 && !event.stateOnly;
    reset(moment);
    const handler = HANDLERS[event.type];
    // A syscall's exit without any parameter is damaged: it doesn't even say whether it succeeded.
    if (handler !== undefined && (event.paramCount > 0 || HAS_RESULT[event.type] === 0)) {
      handler(moment);
      this.#noteName(moment);
    }
    dropEnter(moment);
    return moment;
  }

  /**
   * Lets an event take effect that no rule wants: for the events that follow it is as if it had been applied. Of types
   * that aren't in `stateEventTypes` the head is enough, unless they are in `USES_FD`.
   */
  pass(event: Event): void {
    if (stateEventTypes[event.type] === 1) {
      this.apply(event);
      return;
    }
    const moment = this.#moment;
    this.#begin(event);
    moment.event = event;
    reset(moment);
    dropEnter(moment);
  }

  /** Undoes what lasted for the rules' sake: a closed file goes. A thread that exited goes when the next event comes. */
  settle(): void {
    if (!this.#isUnsettled) return;
    this.#isUnsettled = false;
    const { file } = this.#moment;
    if (file !== undefined) file.nameChanged = false;
    if (!this.#isClosing) return;
    this.#isClosing = false;
    this.threads.get(this.#closingTid)?.openFiles?.delete(this.#closingFd);
  }

  /** Notes that a file of a thread goes when the moment is settled. */
  closeLater(tid: number, fd: number): void {
    this.#isUnsettled = true;
    this.#isClosing = true;
    this.#closingTid = tid;
    this.#closingFd = fd;
  }

  /** Notes that a thread goes when the next event comes. */
  removeLater(tid: number): void {
    this.#isExiting = true;
    this.#exitedTid = tid;
  }

  /** Ends the moment before; answers whether rules may see the event: not the news at the head of a section. */
  #begin(event: Event): boolean {
    if (this.#isUnsettled) this.settle();
    if (this.#isExiting) this.#removeExited(event);
    if (!this.#hasStarted && IS_META_EVENT[event.type] === 0) {
      this.startTime = event.time();
      this.#hasStarted = this.startTime !== 0n;
    }
    if (this.#phase === PHASE.EVENTS) return true;
    if (this.#phase === PHASE.SNAPSHOT) this.#endSnapshot();
    if (NEWS[event.type] === 1) return false;
    this.#endNews();
    return true;
  }

  /** Falco dates the exit by the event that comes after it. */
  #removeExited(event: Event): void {
    const tid = this.#exitedTid;
    this.#isExiting = false;
    this.recentlyExited.add(tid, this.threads.get(tid)?.ptid ?? -1, event.timeLow, event.timeHigh);
    this.threads.remove(tid);
  }

  #endSnapshot(): void {
    this.#phase = PHASE.NEWS;
    for (const thread of this.threads.values()) this.threads.link(thread);
  }

  #endNews(): void {
    this.#phase = PHASE.EVENTS;
    this.local.set(this.interfaces);
    for (const user of this.#users) this.accounts.addUser('', user);
    for (const group of this.#groups) this.accounts.addGroup('', group);
    orientSockets(this, this.#serverPorts);
    // Falco asks for the containers of all threads when it opens a trace, not at a further section of it.
    if (this.#isFirstSection) for (const thread of this.threads.values()) this.containers.assign(thread);
  }

  /** Whether the event gave its file another name; a file that it opened had none. */
  #noteName({ file, nameBefore }: Moment): void {
    if (file === undefined || file.name === nameBefore || file.name.value === nameBefore.value) return;
    file.nameChanged = true;
    this.#isUnsettled = true;
  }
}

/** After any exit of a thread its entry event is used up. */
function dropEnter({ event, thread }: Moment): void {
  if (thread?.enter !== undefined && event.type % 2 === 1) thread.enter.type = -1;
}

/** A system that knows nothing yet. */
export function createSystem(options: SystemOptions = {}): System {
  return new System(options);
}
