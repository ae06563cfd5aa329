import type { Hosts } from '../../compare/hosts.ts';
import type { BeginRun } from '../../suite/test-run.ts';
import { pathFrom } from '../../suite/file-path.ts';
import { MAX_NODE_FILE_CHARS, MAX_NODE_HISTORY } from '../../model/practice-limits.ts';
import type { Cluster } from './cluster.ts';
import { FalcoService, type Happening } from './falco-service.ts';
import type { FalcoProcess } from './falco-process.ts';
import type { FileTree } from './file-tree.ts';
import { entryLine, Journal, type JournalEntry } from './journal.ts';
import type { NodeMachine } from './node-machine.ts';
import type { MachineFiles } from '../task.ts';
import type { Tape } from './tape.ts';

/** Where syslog keeps what it was told. */
export const SYSLOG_PATH = '/var/log/syslog';
const NANOSECONDS_OF_MS = 1_000_000n;

/** A line that was typed, and how it ended. */
export interface Typed {
  readonly time: bigint;
  readonly line: string;
  readonly code: number;
}

/** Something that was done to the service. */
export interface Happened {
  readonly time: bigint;
  readonly what: Happening;
}

/** What a node is made of beside its machine. */
export interface NodeParts {
  readonly now: bigint;
  readonly files: FileTree;
  readonly cluster: Cluster;
  readonly journal: readonly JournalEntry[];
  readonly typed: readonly Typed[];
  readonly happenings: readonly Happened[];
  readonly pid: number;
}

/** The emulated node: time, files, cluster, journal, the service. Commands work on it; only `tick` lets time pass. */
export class Emulated {
  readonly machine: NodeMachine;
  readonly tape: Tape;
  readonly hosts: Hosts;
  readonly hostname: string;
  readonly beginRun: BeginRun;
  readonly files: FileTree;
  readonly cluster: Cluster;
  readonly journal: Journal;
  readonly service: FalcoService;
  readonly typed: Typed[];
  readonly happenings: Happened[];
  /** Falcos that somebody runs by hand. */
  readonly foreground = new Set<FalcoProcess>();
  cwd = '/root';
  /** How the last command ended: `$?`. */
  lastCode = 0;
  /** A file that somebody asked to edit. */
  toEdit: string | undefined;
  #falcoFiles: { readonly changes: number; readonly files: MachineFiles } = { changes: -1, files: new Map() };
  #now: bigint;
  #pid: number;

  constructor(machine: NodeMachine, parts: NodeParts) {
    this.machine = machine;
    this.tape = machine.tape;
    this.hosts = machine.hosts;
    this.hostname = machine.tape.hostname;
    this.beginRun = machine.beginRun;
    this.files = parts.files;
    this.cluster = parts.cluster;
    this.journal = new Journal(parts.journal);
    this.typed = [...parts.typed];
    this.happenings = [...parts.happenings];
    this.#now = parts.now;
    this.#pid = parts.pid;
    this.service = new FalcoService(this);
  }

  /** Nanoseconds since the epoch. */
  get now(): bigint {
    return this.#now;
  }

  get lastPid(): number {
    return this.#pid;
  }

  nextPid(): number {
    this.#pid += 7;
    return this.#pid;
  }

  /**
   * The files as a Falco that starts now finds them, logs apart. The same map as long as none of them is changed, so that
   * what is loaded from it is loaded once.
   */
  filesForFalco(): MachineFiles {
    if (this.#falcoFiles.changes !== this.files.changes) {
      const files = [...this.files.all()].filter(([path]) => !path.startsWith('/var/log/'));
      this.#falcoFiles = { changes: this.files.changes, files: new Map(files) };
    }
    return this.#falcoFiles.files;
  }

  /** Lets time pass: what happens meanwhile is heard by every Falco that runs. */
  tick(ms: number): void {
    this.#now += BigInt(Math.round(ms)) * NANOSECONDS_OF_MS;
    this.service.catchUp();
    for (const one of this.foreground) one.catchUp();
  }

  /** How often the story has begun before, and how long ago it last did; -1 before the first time. */
  placeOnTape(): { readonly round: bigint; readonly at: bigint } {
    const since = this.#now - this.tape.startTime;
    if (since < 0n) return { round: -1n, at: 0n };
    const { period } = this.machine;
    const round = period === undefined ? 0n : since / period;
    return { round, at: since - round * (period ?? 0n) };
  }

  /** When the story begins for the time with this number. */
  timeOfRound(round: bigint): bigint {
    return this.tape.startTime + round * (this.machine.period ?? 0n);
  }

  /** Tells the journal and syslog. Lines without text are left out, as syslog does. */
  log(program: string, pid: number, text: string, time: bigint, unit = program): void {
    for (const line of text.split('\n')) {
      if (line.trim() === '') continue;
      const entry: JournalEntry = { time, program, pid, text: line, unit };
      this.journal.add(entry);
      this.#syslog(`${entryLine(entry, this.hostname)}\n`);
    }
  }

  happened(what: Happening): void {
    this.happenings.push({ time: this.#now, what });
    if (this.happenings.length > MAX_NODE_HISTORY) this.happenings.shift();
  }

  note(line: string, code: number, time: bigint): void {
    this.typed.push({ time, line, code });
    if (this.typed.length > MAX_NODE_HISTORY) this.typed.shift();
  }

  /** An absolute path without `.` and `..`. */
  resolve(path: string, from: string = this.cwd): string {
    const home = path === '~' || path.startsWith('~/') ? `/root${path.slice(1)}` : path;
    const whole = pathFrom(from, home);
    return whole.length > 1 && whole.endsWith('/') ? whole.slice(0, -1) : whole;
  }

  /** The oldest half goes when the file is full, as rotating logs would. */
  #syslog(line: string): void {
    const before = this.files.read(SYSLOG_PATH) ?? '';
    const isFull = before.length + line.length > MAX_NODE_FILE_CHARS >> 2;
    const kept = isFull ? before.slice(before.indexOf('\n', before.length >> 1) + 1) : before;
    this.files.write(SYSLOG_PATH, kept + line);
  }
}
