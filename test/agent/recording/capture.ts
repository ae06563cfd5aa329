import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Event } from '../../../engine/model/event.ts';
import type { FileEntry, ProcessEntry } from '../../../engine/model/snapshot.ts';
import type { Diagnostic } from '../../../engine/model/diagnostic.ts';
import { sockaddrText } from '../../../engine/state/address-text.ts';
import { DetectingReader } from '../../../engine/trace/detecting-reader.ts';

/** A capture taken apart. */
export interface Capture {
  readonly events: readonly Event[];
  readonly processes: ReadonlyMap<number, ProcessEntry>;
  readonly files: ReadonlyMap<number, readonly FileEntry[]>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a capture; `keep` says which events are wanted. */
export function readCapture(path: string, keep: (event: Event) => boolean = () => true): Capture {
  const events: Event[] = [];
  const processes = new Map<number, ProcessEntry>();
  const files = new Map<number, readonly FileEntry[]>();
  const reader = new DetectingReader({
    section: () => {},
    machine: () => {},
    interfaces: () => {},
    users: () => {},
    process: (entry) => void processes.set(entry.tid, entry),
    files: (tid, entries) => void files.set(tid, entries),
    event: (event) => void (keep(event) && events.push(event.copy())),
  });
  const bytes = readFileSync(path);
  reader.push(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes);
  reader.end();
  return { events, processes, files, diagnostics: reader.diagnostics };
}

const SIGNED = new Set(['FD', 'PID', 'ERRNO', 'INT64', 'INT32', 'INT16', 'INT8', 'FD32', 'PID32']);

/** A parameter by name: a text, or a number; undefined when it is absent. */
export function paramOf(event: Event, name: string): string | number | undefined {
  const index = event.info.params.findIndex((param) => param.name === name);
  if (index === -1) throw new Error(`${event.info.symbol} has no parameter ${name}`);
  if (!event.has(index)) return undefined;
  const type = event.info.params[index]?.type ?? 'NONE';
  const size = event.length(index);
  if (type === 'SOCKADDR') return sockaddrText(event.data(index));
  if (/CHARBUF|PATH/.test(type)) return event.string(index);
  if (type === 'BYTEBUF' || type === 'SOCKTUPLE') return Buffer.from(event.data(index)).toString('latin1');
  if (size === 8) return Number(event.signed64(index));
  if (SIGNED.has(type)) return size === 4 ? event.int32(index) : (event.uint8(index) << 24) >> 24;
  return size === 4 ? event.uint32(index) : size === 2 ? event.uint16(index) : event.uint8(index);
}
