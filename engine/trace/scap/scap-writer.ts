import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Event } from '../../model/event.ts';
import { MAX_SCAP_BLOCK_BYTES } from '../../model/limits.ts';
import type {
  FileEntry,
  GroupEntry,
  Machine,
  NetworkInterface,
  ProcessEntry,
  UserEntry,
} from '../../model/snapshot.ts';
import type { TraceSink } from '../../model/trace.ts';
import { TraceDiagnostics } from '../trace-diagnostics.ts';
import { BlockOutput } from './block-output.ts';
import {
  FILE_LIST_V2,
  INTERFACE_LIST_V2,
  MACHINE_INFO,
  PROCESS_LIST_V9,
  SECTION_HEADER,
  SECTION_MAGIC,
  USER_LIST_V2,
} from './block-types.ts';
import { fitsBlock, writeEvent } from './event-output.ts';
import { MAJOR_VERSION, MINOR_VERSION } from './section-header.ts';
import { SnapshotOutput } from './snapshot-output.ts';

/** Room for one more entry of any list below the limit of a block. */
const LIST_BYTES = MAX_SCAP_BLOCK_BYTES - 65_536;

/**
 * Writes a scap capture of format 1.2, block for block as libs 0.25.4 does, uncompressed. Blocks come in the order of
 * the calls; processes that follow one another share a block, so a producer that gives all processes and then all files
 * gets the usual file. Call `end()` after the last event.
 */
export class ScapWriter implements TraceSink {
  readonly #out: BlockOutput;
  readonly #snapshot: SnapshotOutput;
  readonly #found = new TraceDiagnostics();
  #inProcessList = false;

  /**
   * @param output receives chunks of whole blocks, its own to keep
   * @param age for which readers the entries of processes and files are laid out
   */
  constructor(output: (bytes: Uint8Array) => void, age: 'today' | 'old' = 'today') {
    this.#out = new BlockOutput(output);
    this.#snapshot = new SnapshotOutput(this.#out, age);
  }

  /** What could not be written as it was. Complete after `end()`. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#found.list;
  }

  section(): void {
    this.#begin(SECTION_HEADER);
    this.#out.uint32(SECTION_MAGIC);
    this.#out.uint16(MAJOR_VERSION);
    this.#out.uint16(MINOR_VERSION);
    // The length of a section is never known in advance.
    this.#out.integer64(-1);
    this.#out.endBlock();
  }

  machine(machine: Machine): void {
    this.#begin(MACHINE_INFO);
    this.#snapshot.machine(machine);
    this.#out.endBlock();
  }

  interfaces(list: readonly NetworkInterface[]): void {
    this.#begin(INTERFACE_LIST_V2);
    for (const entry of list) this.#snapshot.interface(entry);
    this.#out.endBlock();
  }

  users(users: readonly UserEntry[], groups: readonly GroupEntry[]): void {
    this.#begin(USER_LIST_V2);
    for (const user of users) this.#snapshot.user(user);
    for (const group of groups) this.#snapshot.group(group);
    this.#out.endBlock();
  }

  process(entry: ProcessEntry): void {
    if (this.#inProcessList && this.#out.blockBytes > LIST_BYTES) this.#endProcessList();
    if (!this.#inProcessList) this.#out.beginBlock(PROCESS_LIST_V9);
    this.#inProcessList = true;
    this.#snapshot.process(entry);
  }

  files(tid: number, entries: readonly FileEntry[]): void {
    this.#begin(FILE_LIST_V2);
    this.#out.integer64(tid);
    for (const entry of entries) this.#snapshot.file(entry);
    this.#out.endBlock();
  }

  event(event: Event): void {
    if (this.#inProcessList) this.#endProcessList();
    if (fitsBlock(event)) return writeEvent(event, this.#out);
    const message = `event ${event.num} is larger than an event of its type can be in a capture, and is left out`;
    this.#found.add('TRACE_TOO_LARGE', 'error', message);
  }

  /** Hands on the blocks so far, for a recording that is to outlive its recorder. */
  flush(): void {
    if (this.#inProcessList) this.#endProcessList();
    this.#out.flush();
  }

  /** Hands on what is left. */
  end(): void {
    if (this.#inProcessList) this.#endProcessList();
    this.#out.flush();
    if (this.#snapshot.cuts > 0) {
      const message = `${this.#snapshot.cuts} texts of processes, files or accounts are longer than a capture holds, and were cut`;
      this.#found.add('TRACE_TOO_LARGE', 'warning', message);
    }
    this.#found.close();
  }

  #begin(type: number): void {
    if (this.#inProcessList) this.#endProcessList();
    this.#out.beginBlock(type);
  }

  #endProcessList(): void {
    this.#inProcessList = false;
    this.#out.endBlock();
  }
}
