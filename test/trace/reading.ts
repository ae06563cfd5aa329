import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { JsonlReader } from '../../engine/trace/jsonl/jsonl-reader.ts';
import { JsonlWriter } from '../../engine/trace/jsonl/jsonl-writer.ts';
import { ScapReader } from '../../engine/trace/scap/scap-reader.ts';
import { ScapWriter } from '../../engine/trace/scap/scap-writer.ts';
import type { TraceReader } from '../../engine/trace/trace-reader.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { joined } from './block-bytes.ts';
import { RecordingSink } from './recording-sink.ts';

/** What reading some bytes gave. */
export interface Reading {
  readonly sink: RecordingSink;
  readonly calls: RecordingSink['calls'];
  readonly diagnostics: readonly Diagnostic[];
  readonly codes: readonly string[];
  readonly eventCount: number;
}

/** Reads a capture, in one piece or in the given ones. */
export function readScap(...chunks: readonly Uint8Array[]): Reading {
  return read((sink) => new ScapReader(sink), chunks);
}

/** Reads a jsonl trace given as text or bytes. */
export function readJsonl(...chunks: readonly (string | Uint8Array)[]): Reading {
  const bytes = chunks.map((chunk) => (typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk));
  return read((sink) => new JsonlReader(sink), bytes);
}

function read(open: (sink: TraceSink) => TraceReader, chunks: readonly Uint8Array[]): Reading {
  const sink = new RecordingSink();
  const reader = open(sink);
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  const { diagnostics, eventCount } = reader;
  return { sink, calls: sink.calls, diagnostics, codes: diagnostics.map(({ code }) => code), eventCount };
}

/** What a producer writes into a capture. */
export function writeScap(produce: (sink: TraceSink) => void): Uint8Array {
  const chunks: Uint8Array[] = [];
  const writer = new ScapWriter((bytes) => chunks.push(bytes));
  produce(writer);
  writer.end();
  return joined(...chunks);
}

/** What a producer writes into lines of JSON. */
export function writeJsonl(produce: (sink: TraceSink) => void): string {
  let text = '';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const writer = new JsonlWriter((bytes) => (text += decoder.decode(bytes)));
  produce(writer);
  writer.end();
  return text;
}

/** Cuts bytes into pieces of the given sizes, over and over. */
export function cutInto(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length] ?? 1);
    chunks.push(bytes.slice(at, at + size));
    at += size;
  }
  return chunks;
}
