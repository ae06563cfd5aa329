import type { Event } from '../../engine/model/event.ts';
import { EVENT_TYPES } from '../../engine/model/event-types.ts';
import type {
  FileEntry,
  GroupEntry,
  Machine,
  NetworkInterface,
  ProcessEntry,
  UserEntry,
} from '../../engine/model/snapshot.ts';
import type { TraceSink } from '../../engine/model/trace.ts';

/** An event as a test compares it. */
export interface RecordedEvent {
  num: number;
  time: bigint;
  tid: number;
  cpu: number;
  type: string;
  stateOnly: boolean;
  /** Each parameter's bytes in hexadecimal. */
  params: string[];
}

/** Keeps everything that is delivered, in order, as plain values. */
export class RecordingSink implements TraceSink {
  readonly calls: [string, ...unknown[]][] = [];

  section(): void {
    this.calls.push(['section']);
  }

  machine(machine: Machine): void {
    this.calls.push(['machine', machine]);
  }

  interfaces(list: readonly NetworkInterface[]): void {
    this.calls.push(['interfaces', list]);
  }

  users(users: readonly UserEntry[], groups: readonly GroupEntry[]): void {
    this.calls.push(['users', users, groups]);
  }

  process(entry: ProcessEntry): void {
    this.calls.push(['process', entry]);
  }

  files(tid: number, entries: readonly FileEntry[]): void {
    this.calls.push(['files', tid, entries]);
  }

  event(event: Event): void {
    this.calls.push(['event', recordEvent(event)]);
  }

  /** What one kind of call was given. */
  of<T = unknown>(kind: string): T[] {
    return this.calls.filter(([name]) => name === kind).map(([, value]) => value as T);
  }

  get events(): RecordedEvent[] {
    return this.of<RecordedEvent>('event');
  }
}

/** The plain values of an event. */
function recordEvent(event: Event): RecordedEvent {
  const params = Array.from({ length: event.paramCount }, (_, index) => hex(event.data(index)));
  return {
    num: event.num,
    time: event.time(),
    tid: event.tid,
    cpu: event.cpu,
    type: EVENT_TYPES[event.type]!.symbol,
    stateOnly: event.stateOnly,
    params,
  };
}

/** Bytes in hexadecimal. */
function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
