import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { MAX_CAPTURE_BYTES, MAX_VERIFY_CAPTURE_BYTES } from '../../engine/model/limits.ts';
import type { FeedGiven } from '../../engine/suite/given-files.ts';
import { DetectingReader } from '../../engine/trace/detecting-reader.ts';
import { gunzip } from '../gunzip/gunzip.ts';
import type { Call } from './api.ts';
import type { Capture } from './capture.ts';
import { tooLarge } from './request-body.ts';
import { findTrace, tracesOf } from './routes/traces.ts';

/** What tests call the trace of a request by, beside its own name. */
const TRACE = 'trace';

/**
 * The trace of a request by the names that tests call it by: `trace`, and the name of its file or its id. A test may read
 * it several times, so one that comes with the request is held.
 */
export async function givenTraces(
  call: Call,
  id: string | undefined,
  capture: Capture | undefined,
): Promise<Map<string, FeedGiven>> {
  if (capture !== undefined) {
    const chunks = await held(capture);
    const feed: FeedGiven = (sink) => feedBytes(() => each(chunks), sink);
    return new Map([TRACE, capture.name].map((name) => [name, feed]));
  }
  if (id === undefined) return new Map();
  const manifest = await findTrace(call, id);
  const feed: FeedGiven = (sink) => feedBytes(() => tracesOf(call).read(manifest), sink);
  return new Map([TRACE, id, manifest.name].map((name) => [name, feed]));
}

async function held(capture: Capture): Promise<readonly Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of capture.chunks) {
    size += chunk.length;
    if (size > MAX_VERIFY_CAPTURE_BYTES) throw tooLarge('a capture that tests run', MAX_VERIFY_CAPTURE_BYTES);
    chunks.push(chunk);
  }
  return chunks;
}

async function* each(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

/** Decompressed bytes between two pauses in which other requests are served. */
const PAUSE_BYTES = 1024 * 1024;

async function feedBytes(
  open: () => AsyncIterable<Uint8Array>,
  sink: Parameters<FeedGiven>[0],
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  const reader = new DetectingReader(sink, sink.wants);
  let sincePause = 0;
  for await (const bytes of gunzip(open(), { report: (one) => found.push(one), maxBytes: MAX_CAPTURE_BYTES })) {
    reader.push(bytes);
    if (reader.stopped) break;
    sincePause += bytes.length;
    if (sincePause < PAUSE_BYTES) continue;
    sincePause = 0;
    await new Promise<void>((resume) => setImmediate(resume));
  }
  reader.end();
  return [...found, ...reader.diagnostics];
}
