import type { Diagnostic } from '../../../../engine/model/diagnostic.ts';
import type { TraceSink } from '../../../../engine/model/trace.ts';
import { DetectingReader } from '../../../../engine/trace/detecting-reader.ts';
import type { Pace } from './pace.ts';

const CHUNK_BYTES = 128 * 1024;

/** Reads a whole trace into a sink, with pauses; gives what was wrong with it. */
export async function feed(
  bytes: Uint8Array,
  sink: TraceSink,
  pace: Pace,
  wants?: Uint8Array,
): Promise<readonly Diagnostic[]> {
  const reader = new DetectingReader(sink, wants);
  for (let at = 0; at < bytes.length && !reader.stopped; at += CHUNK_BYTES) {
    reader.push(bytes.subarray(at, at + CHUNK_BYTES));
    if (pace.isDue) await pace.rest();
  }
  reader.end();
  return reader.diagnostics;
}
