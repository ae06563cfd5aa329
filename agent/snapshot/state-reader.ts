import type { FileEntry } from '../../engine/model/snapshot.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import type { Hello } from '../stream/stats.ts';
import { KIND } from '../stream/layout.ts';
import type { Record } from '../stream/record.ts';
import { readAccounts } from './accounts.ts';
import { fileEntry } from './file-entry.ts';
import { readInterfaces } from './interfaces.ts';
import type { ProcProcess } from './proc/state.ts';
import { programEntry, threadEntry, type ProgramEntry } from './thread-entry.ts';

/** Open files of one process that a capture tells of, at most. */
const MAX_FILES = 65_536;
const NO_PROGRAM: ProgramEntry = { exe: '', exepath: '', args: [], cwd: '/', root: '/', cgroups: [] };
const MAX_PID = 4_194_304;

/** Hands sinks the state of the machine, record by record as the loader tells it; nothing but programs is held. */
export class StateReader {
  readonly #sinks: readonly TraceSink[];
  readonly #onGroups: (cgroups: readonly string[]) => void;
  readonly #programs = new Map<number, ProgramEntry>();
  #tid = -1;
  #files: FileEntry[] = [];

  /** @param onGroups gets the control groups of each process */
  constructor(sinks: readonly TraceSink[], onGroups: (cgroups: readonly string[]) => void) {
    this.#sinks = sinks;
    this.#onGroups = onGroups;
  }

  /** Tells of the machine. */
  begin(hello: Hello, epoch: bigint): void {
    const { cpus, memoryBytes, hostname } = hello;
    const { users, groups } = readAccounts();
    const interfaces = readInterfaces();
    for (const sink of this.#sinks) {
      sink.section();
      sink.machine({ cpus, memoryBytes, maxPid: MAX_PID, hostname, bootTime: epoch, flags: 0 });
      sink.interfaces(interfaces);
      sink.users(users, groups);
    }
  }

  /** Takes a thread or an open file. */
  take(record: Record): void {
    if (record.kind === KIND.STATE_THREAD) this.#takeThread(record);
    else if (record.kind === KIND.STATE_FILE) this.#takeFile(record);
  }

  /** Takes the state as /proc has it, where the loader can't tell it. */
  takeProc(processes: Iterable<ProcProcess>): void {
    for (const { threads, files } of processes) {
      const [first] = threads;
      if (first === undefined) continue;
      this.#onGroups(first.cgroups);
      for (const sink of this.#sinks) {
        for (const thread of threads) sink.process(thread);
        if (files.length > 0) sink.files(first.pid, files);
      }
    }
  }

  /** The state is whole. */
  end(): void {
    this.#endFiles();
    this.#programs.clear();
  }

  #takeThread(record: Record): void {
    if (record.tid === record.pid) {
      const program = programEntry(record);
      this.#programs.set(record.pid, program);
      this.#onGroups(program.cgroups);
    }
    const entry = threadEntry(record, this.#programs.get(record.pid) ?? NO_PROGRAM);
    if (entry !== undefined) for (const sink of this.#sinks) sink.process(entry);
  }

  #takeFile(record: Record): void {
    if (record.tid !== this.#tid) this.#endFiles();
    this.#tid = record.tid;
    const entry = this.#files.length < MAX_FILES ? fileEntry(record) : undefined;
    if (entry !== undefined) this.#files.push(entry);
  }

  #endFiles(): void {
    if (this.#files.length > 0) for (const sink of this.#sinks) sink.files(this.#tid, this.#files);
    this.#files = [];
  }
}
