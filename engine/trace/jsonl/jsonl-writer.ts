import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Event } from '../../model/event.ts';
import { MAX_JSONL_LINE_BYTES } from '../../model/limits.ts';
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
import { jsonOfEvent } from './event-json.ts';
import { jsonOfFiles, jsonOfInterfaces, jsonOfMachine, jsonOfProcess, jsonOfUsers } from './snapshot-json.ts';

/** The version of the records, in each section record. */
export const JSONL_VERSION = 1;
/** Characters that are collected before they are handed on. */
const CHUNK_CHARACTERS = 65_536;

/**
 * Writes a trace as lines of JSON, one record each, from which a `JsonlReader` gives back the same trace: a section, the
 * machine, interfaces, users and groups, processes with their files, then events. Integers keep all their digits, which
 * takes a reader that keeps them too; texts that are not UTF-8 are `{"base64": ...}`. Call `end()` after the last event.
 */
export class JsonlWriter implements TraceSink {
  readonly #output: (bytes: Uint8Array) => void;
  readonly #encoder = new TextEncoder();
  readonly #found = new TraceDiagnostics();
  #text = '';

  /** @param output receives chunks of whole lines, its own to keep */
  constructor(output: (bytes: Uint8Array) => void) {
    this.#output = output;
  }

  /** What could not be written. Complete after `end()`. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#found.list;
  }

  section(): void {
    this.#line(`{"section":${JSONL_VERSION}}`);
  }

  machine(machine: Machine): void {
    this.#line(jsonOfMachine(machine));
  }

  interfaces(list: readonly NetworkInterface[]): void {
    this.#line(jsonOfInterfaces(list));
  }

  users(users: readonly UserEntry[], groups: readonly GroupEntry[]): void {
    this.#line(jsonOfUsers(users, groups));
  }

  process(entry: ProcessEntry): void {
    this.#line(jsonOfProcess(entry));
  }

  files(tid: number, entries: readonly FileEntry[]): void {
    this.#line(jsonOfFiles(tid, entries));
  }

  event(event: Event): void {
    this.#line(jsonOfEvent(event));
  }

  /** Hands on what is left. */
  end(): void {
    this.#flush();
    this.#found.close();
  }

  #line(text: string): void {
    // A character is at most three bytes of UTF-8; nearly every line is far below the limit.
    if (text.length * 3 >= MAX_JSONL_LINE_BYTES && this.#encoder.encode(text).length >= MAX_JSONL_LINE_BYTES) {
      const message = `a record of ${text.length} characters is longer than a line may be, and is left out: ${text.slice(0, 80)}`;
      this.#found.add('TRACE_TOO_LARGE', 'error', message);
      return;
    }
    this.#text += text;
    this.#text += '\n';
    if (this.#text.length >= CHUNK_CHARACTERS) this.#flush();
  }

  #flush(): void {
    if (this.#text !== '') this.#output(this.#encoder.encode(this.#text));
    this.#text = '';
  }
}
