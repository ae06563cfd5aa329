import type { Event } from './event.ts';
import type { FileEntry, GroupEntry, Machine, NetworkInterface, ProcessEntry, UserEntry } from './snapshot.ts';

/**
 * Whoever takes a trace, piece by piece, in the order of a scap file: the state engine, a writer, a counter. Every
 * producer (scap reader, jsonl reader, a scenario being played) speaks to one of these, so a scenario and a recording
 * can't be told apart.
 */
export interface TraceSink {
  /** A new section begins: what was known before is void. Called at the start of every trace too. */
  section(): void;
  machine(machine: Machine): void;
  interfaces(list: readonly NetworkInterface[]): void;
  users(users: readonly UserEntry[], groups: readonly GroupEntry[]): void;
  process(entry: ProcessEntry): void;
  /** Open files of one thread; called after its process. */
  files(tid: number, entries: readonly FileEntry[]): void;
  /** The next event, in the current layout. The object is reused: valid only during the call. */
  event(event: Event): void;
}
