import { MAX_DIAGNOSTICS, MAX_ENTRY_CHARS, MAX_INDEX_BYTES, MAX_INDEX_MS } from '../../engine/model/limits.ts';
import { Catalogue, entryOf, type CatalogueEntry } from '../store/catalogue.ts';
import { feedSegments } from '../store/feed-segments.ts';
import { KEYS } from '../store/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { TraceManifest } from '../store/trace-manifest.ts';
import { TraceStore } from '../store/trace-store.ts';
import { PreparedTraces } from './prepared-traces.ts';
import { FACTS_WANTS, SegmentFacts } from './segment-facts.ts';
import { mergedIndex, type SegmentIndex, type TraceIndex } from './trace-index.ts';

/** In place of the number of a segment, which are from 1 on: the trace as a whole is to be prepared. */
export const WHOLE_TRACE = 0;

/** A segment of a trace that is to be read for its index, or the whole of it for its prepared form. */
export interface IndexTask {
  readonly tenant: string;
  readonly trace: string;
  readonly segment: number;
}

/** Hands segments to whoever reads them: Cloudflare Queues, or this process. What it loses is handed over again. */
export type DispatchIndexing = (tasks: readonly IndexTask[]) => Promise<void>;

/**
 * Makes the indexes of one tenant's traces. Each segment is read by itself and what it holds is kept, once; when all are,
 * they become the index of the trace, once. Whoever is interrupted is followed by another, and nothing counts twice.
 */
export class TraceIndexer {
  readonly #objects: ObjectStore;
  readonly #tenant: string;
  readonly #now: () => number;
  readonly #traces: TraceStore;
  readonly #catalogue: Catalogue;
  readonly #prepared: PreparedTraces;

  /** @param now milliseconds since the epoch */
  constructor(objects: ObjectStore, tenant: string, now: () => number) {
    this.#objects = objects;
    this.#tenant = tenant;
    this.#now = now;
    this.#traces = new TraceStore(objects, tenant);
    this.#catalogue = new Catalogue(objects, tenant);
    this.#prepared = new PreparedTraces(objects, tenant, now);
  }

  /** The index of a trace; undefined while it is not made. */
  async index(id: string): Promise<TraceIndex | undefined> {
    return this.#get(KEYS.index(this.#tenant, id));
  }

  /** Segments that were not read yet. Of a trace whose segments all were, makes the index. */
  async missing(manifest: TraceManifest): Promise<readonly IndexTask[]> {
    const read = await this.#read(manifest.id);
    const missing = manifest.segments.filter(({ sequence }) => !read.has(sequence));
    if (missing.length === 0) await this.#finish(manifest, read);
    return missing.map(({ sequence }) => ({ tenant: this.#tenant, trace: manifest.id, segment: sequence }));
  }

  /** Reads one segment, unless it was read; the last one makes the index, and the prepared form after it. */
  async run({ trace, segment }: Pick<IndexTask, 'trace' | 'segment'>): Promise<void> {
    const manifest = await this.#traces.find(trace);
    if (manifest === undefined) return;
    if (segment === WHOLE_TRACE) return this.#prepared.make(manifest);
    const key = KEYS.segmentFact(this.#tenant, trace, segment);
    if ((await this.#objects.readText(key)) === undefined) {
      const facts = await this.#facts(manifest, segment);
      if (facts === undefined) return;
      await this.#objects.create(key, `${JSON.stringify(facts)}\n`, 'application/json');
    }
    if (await this.#finishIfRead(manifest)) await this.#prepared.make(manifest);
  }

  /**
   * Takes a segment for one of which nothing is known: whoever reads it ends each time before he could say anything, and
   * would go on to.
   *
   * @param reason for people
   */
  async giveUp({ trace, segment }: Pick<IndexTask, 'trace' | 'segment'>, reason: string): Promise<void> {
    const manifest = await this.#traces.find(trace);
    if (manifest === undefined) return;
    // It may have ended after the last segment was read, while the trace was prepared.
    await this.#prepared.giveUp(trace, reason);
    if (segment === WHOLE_TRACE) return;
    const diagnostics = [{ segment, code: 'TRACE_GIVEN_UP', severity: 'error', message: reason }];
    const facts: SegmentIndex = {
      format: 1,
      sequence: segment,
      ...new SegmentFacts(segment).told(reason),
      diagnostics,
    };
    const key = KEYS.segmentFact(this.#tenant, trace, segment);
    await this.#objects.create(key, `${JSON.stringify(facts)}\n`, 'application/json');
    await this.#finishIfRead(manifest);
  }

  /** True when all segments are read. */
  async #finishIfRead(manifest: TraceManifest): Promise<boolean> {
    if (manifest.recording?.open === true) return false;
    const read = await this.#read(manifest.id);
    const isRead = manifest.segments.every(({ sequence }) => read.has(sequence));
    if (isRead) await this.#finish(manifest, read);
    return isRead;
  }

  async #facts(manifest: TraceManifest, sequence: number): Promise<SegmentIndex | undefined> {
    const segments = manifest.segments.filter((segment) => segment.sequence === sequence);
    if (segments.length === 0) return undefined;
    const facts = new SegmentFacts(sequence);
    const feeding = feedSegments(this.#traces.segments({ ...manifest, segments }), facts, {
      wants: FACTS_WANTS,
      maxBytes: MAX_INDEX_BYTES,
    });
    const until = this.#now() + MAX_INDEX_MS;
    let next = await feeding.next();
    while (next.done !== true && this.#now() < until) next = await feeding.next();
    const late = `the segment was read for ${MAX_INDEX_MS / 60_000} minutes; what lies behind is not in the index`;
    if (next.done !== true) await feeding.return({ events: 0, diagnostics: [] });
    const found =
      next.done === true
        ? next.value.diagnostics
        : [{ code: 'TRACE_LIMIT', severity: 'error', message: late } as const];
    const problem = found.find(({ severity }) => severity === 'error')?.message;
    const diagnostics = found.slice(0, MAX_DIAGNOSTICS).map(({ code, severity, message, byteOffset }) => ({
      segment: sequence,
      code,
      severity,
      message,
      ...(byteOffset !== undefined && { byteOffset }),
    }));
    return { format: 1, sequence, ...facts.told(problem), diagnostics };
  }

  async #finish(manifest: TraceManifest, read: ReadonlySet<number>): Promise<void> {
    if (manifest.recording?.open === true) return;
    const { id } = manifest;
    let index = await this.index(id);
    if (index === undefined) {
      const made = await mergedIndex(manifest, this.#parts(id, read));
      const created = await this.#objects.create(
        KEYS.index(this.#tenant, id),
        `${JSON.stringify(made)}\n`,
        'application/json',
      );
      index = created ? made : ((await this.index(id)) ?? made);
    }
    const known = await this.#catalogue.change(manifest, (entry) => indexedEntry(entry, manifest, index));
    if (known !== undefined || (await this.#traces.find(id)) === undefined) return;
    await this.#catalogue.add(indexedEntry(entryOf(manifest, {}), manifest, index));
  }

  async *#parts(id: string, read: ReadonlySet<number>): AsyncGenerator<SegmentIndex> {
    for (const sequence of read) {
      const part = await this.#get<SegmentIndex>(KEYS.segmentFact(this.#tenant, id, sequence));
      if (part !== undefined) yield part;
    }
  }

  /** Numbers of segments that were read, in order. */
  async #read(id: string): Promise<ReadonlySet<number>> {
    const folder = KEYS.segmentFacts(this.#tenant, id);
    const read = new Set<number>();
    for await (const { key } of this.#objects.list(folder)) read.add(Number(key.slice(folder.length, -'.json'.length)));
    return read;
  }

  async #get<T>(key: string): Promise<T | undefined> {
    const text = await this.#objects.readText(key);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }
}

/** What lists show of a trace once it was read. */
function indexedEntry(entry: CatalogueEntry, { size, sha256 }: TraceManifest, index: TraceIndex): CatalogueEntry {
  const { events, firstTime, lastTime, hosts, images, containers, gapCount, unreadable } = index;
  const summary = {
    events,
    ...(firstTime !== undefined && { firstTime }),
    ...(lastTime !== undefined && { lastTime }),
    hosts: fitting(hosts),
    images: fitting(images),
    containers: containers.length,
    gaps: gapCount,
  };
  const state = unreadable === undefined ? 'indexed' : 'unreadable';
  return { ...entry, size, sha256, state, ...(unreadable !== undefined && { reason: unreadable }), summary };
}

/** The first names, as many as a list has room for. */
function fitting(names: readonly string[]): readonly string[] {
  let chars = 0;
  return names.filter((name) => (chars += name.length) <= MAX_ENTRY_CHARS);
}
