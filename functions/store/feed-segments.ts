import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import type { Event } from '../../engine/model/event.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { DetectingReader } from '../../engine/trace/detecting-reader.ts';
import { gunzip } from '../gunzip/gunzip.ts';

/** Decompressed bytes between two pauses in which other requests are served. */
const PAUSE_BYTES = 1024 * 1024;

/** How the bytes of a trace are fed. */
export interface FeedOptions {
  /** `WANT` by event type, as for the reader. */
  readonly wants?: Uint8Array | undefined;
  /** Decompressed bytes of all segments after which reading stops with a report. */
  readonly maxBytes?: number;
  /** Events of segments before the first one given: `evt.num` goes on from there. */
  readonly eventsBefore?: number;
}

/** What came of a feeding. */
export interface Fed {
  readonly events: number;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Feeds the segments of a trace, gunzipped, to a sink, one after the other. Each has a reader of its own: what one
 * segment lacks does not keep the next from being read, and events are numbered through all of them. Yields the number
 * of events so far after each piece, from the first event on, so that what was found can be sent.
 */
export async function* feedSegments(
  segments: Iterable<AsyncIterable<Uint8Array>>,
  sink: TraceSink,
  { wants, maxBytes = Infinity, eventsBefore = 0 }: FeedOptions = {},
): AsyncGenerator<number, Fed> {
  const found: Diagnostic[] = [];
  let events = eventsBefore;
  let left = maxBytes;
  let sincePause = 0;
  for (const chunks of segments) {
    const reader = new DetectingReader(events === 0 ? sink : new NumberedOn(sink, events), wants);
    for await (const bytes of gunzip(chunks, { report: (one) => found.push(one), maxBytes: left })) {
      reader.push(bytes);
      left -= bytes.length;
      if (events + reader.eventCount > 0) yield events + reader.eventCount;
      if (reader.stopped) break;
      sincePause += bytes.length;
      if (sincePause < PAUSE_BYTES) continue;
      sincePause = 0;
      await new Promise<void>((resume) => setImmediate(resume));
    }
    reader.end();
    events += reader.eventCount;
    found.push(...reader.diagnostics);
    if (found.some(({ code }) => code === 'TRACE_LIMIT')) break;
  }
  return { events, diagnostics: found };
}

/** The same to its end; answers what was wrong. */
export async function feedAll(...feeding: Parameters<typeof feedSegments>): Promise<readonly Diagnostic[]> {
  const steps = feedSegments(...feeding);
  for (;;) {
    const { value, done } = await steps.next();
    if (done === true) return value.diagnostics;
  }
}

/** Passes a segment on with its events numbered behind those before it. */
class NumberedOn implements TraceSink {
  readonly #sink: TraceSink;
  readonly #before: number;

  constructor(sink: TraceSink, before: number) {
    this.#sink = sink;
    this.#before = before;
  }

  section(): void {
    this.#sink.section();
  }

  machine(...about: Parameters<TraceSink['machine']>): void {
    this.#sink.machine(...about);
  }

  interfaces(...about: Parameters<TraceSink['interfaces']>): void {
    this.#sink.interfaces(...about);
  }

  users(...about: Parameters<TraceSink['users']>): void {
    this.#sink.users(...about);
  }

  process(...about: Parameters<TraceSink['process']>): void {
    this.#sink.process(...about);
  }

  files(...about: Parameters<TraceSink['files']>): void {
    this.#sink.files(...about);
  }

  event(event: Event): void {
    event.num += this.#before;
    this.#sink.event(event);
  }
}
