import { MAX_CAPTURE_BYTES, MAX_VERIFY_CAPTURE_BYTES } from '../../engine/model/limits.ts';
import type { FeedGiven } from '../../engine/suite/given-files.ts';
import { feedAll } from '../store/feed-segments.ts';
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
    const feed: FeedGiven = (sink) => feedAll([each(chunks)], sink, { wants: sink.wants, maxBytes: MAX_CAPTURE_BYTES });
    return new Map([TRACE, capture.name].map((name) => [name, feed]));
  }
  if (id === undefined) return new Map();
  const manifest = await findTrace(call, id);
  const feed: FeedGiven = (sink) =>
    feedAll(tracesOf(call).segments(manifest), sink, { wants: sink.wants, maxBytes: MAX_CAPTURE_BYTES });
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
