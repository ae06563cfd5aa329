import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { detectEncoding } from '../../engine/trace/detect-encoding.ts';
import { DetectingReader } from '../../engine/trace/detecting-reader.ts';
import { explainForeignBytes } from '../../engine/trace/foreign-bytes.ts';
import type { ByteQueue } from '../gunzip/byte-queue.ts';
import { gunzip } from '../gunzip/gunzip.ts';
import type { TraceEncoding } from './trace-manifest.ts';

/** Bytes that are looked at: enough for blanks before a text, compressed or not. */
const HEAD_BYTES = 16 * 1024;

/** Tells what trace begins at the front of the queue, and leaves it there; or says what begins there instead. */
export async function traceEncodingOf(queue: ByteQueue): Promise<TraceEncoding | Diagnostic> {
  await queue.has(HEAD_BYTES);
  const head = queue.take(HEAD_BYTES).slice();
  queue.unread(head);
  if (head.length === 0)
    return { code: 'TRACE_EMPTY', severity: 'error', message: 'the trace is empty: there are no bytes' };
  const outer = detectEncoding(head);
  if (outer !== 'gzip') return plainEncoding(head, 'a trace');
  const inner = plainEncoding(await firstBytes(head), 'a trace within gzip');
  return typeof inner === 'string' ? `${inner}.gz` : inner;
}

function plainEncoding(bytes: Uint8Array, expected: string): 'scap' | 'jsonl' | Diagnostic {
  const encoding = detectEncoding(bytes);
  if (encoding !== 'scap' && encoding !== 'jsonl') return foreign(bytes, expected);
  return brokenStart(bytes) ?? encoding;
}

/** What is wrong with the very first block or line, if anything: a file of JSON need not be a trace. */
function brokenStart(bytes: Uint8Array): Diagnostic | undefined {
  const reader = new DetectingReader(NOBODY);
  reader.push(bytes);
  return reader.diagnostics.find(
    ({ severity, byteOffset }) => severity === 'error' && (reader.stopped || (byteOffset ?? 0) === 0),
  );
}

/** Takes a trace and does nothing with it. */
const NOBODY: TraceSink = {
  section() {},
  machine() {},
  interfaces() {},
  users() {},
  process() {},
  files() {},
  event() {},
};

async function firstBytes(head: Uint8Array): Promise<Uint8Array> {
  for await (const chunk of gunzip(only(head))) if (chunk.length > 0) return chunk;
  return new Uint8Array(0);
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function foreign(bytes: Uint8Array, expected: string): Diagnostic {
  return { code: 'TRACE_UNKNOWN_ENCODING', severity: 'error', ...explainForeignBytes(bytes, expected) };
}
