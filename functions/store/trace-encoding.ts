import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { detectEncoding } from '../../engine/trace/detect-encoding.ts';
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
  if (outer !== 'gzip') return outer === 'scap' || outer === 'jsonl' ? outer : foreign(head, 'a trace');
  const content = await firstBytes(head);
  const inner = detectEncoding(content);
  return inner === 'scap' || inner === 'jsonl' ? `${inner}.gz` : foreign(content, 'a trace within gzip');
}

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
