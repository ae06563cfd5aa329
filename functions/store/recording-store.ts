import { createHash } from 'node:crypto';
import { KEYS } from './keys.ts';
import type { ObjectStore } from './object-store.ts';
import type { TraceEncoding, TraceManifest, TraceSegment } from './trace-manifest.ts';
import { copyVerified, dropped, markOfTry, type NotKept } from './verified-copy.ts';

/** Small objects that are read at a time: workerd allows six connections. */
const READ_AT_ONCE = 6;

/** What is told of a recording when it begins; written once. */
export interface RecordingRecord {
  readonly format: 1;
  /** Also the id of the trace that it is. */
  readonly id: string;
  readonly name: string;
  readonly encoding: TraceEncoding;
  readonly labels: Readonly<Record<string, string>>;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  /** The id of the token that it was begun with, where one was needed. */
  readonly token?: string;
}

/** A segment that is kept. */
export interface KeptSegment extends TraceSegment {
  /** What its recorder told of it, as it came. */
  readonly told?: Readonly<Record<string, unknown>>;
}

/** What is known of a segment before its bytes were looked at. */
export interface AnnouncedSegment {
  readonly recording: string;
  readonly sequence: number;
  readonly size: number;
  readonly sha256: string;
  readonly told?: Readonly<Record<string, unknown>> | undefined;
}

/** Why a segment is not kept beside what may be wrong with its bytes: another one is, or the recording is closed. */
export type SegmentRefused = NotKept | { readonly taken: TraceSegment } | 'closed' | 'unknown';

/**
 * Recordings of one tenant that come in segments: long ones, sent while they go on. What was told at the beginning, each
 * segment that is kept and the end are objects that are written once; the end is the trace's manifest. Until then the
 * trace is what came so far.
 */
export class RecordingStore {
  readonly #objects: ObjectStore;
  readonly #tenant: string;

  constructor(objects: ObjectStore, tenant: string) {
    this.#objects = objects;
    this.#tenant = tenant;
  }

  /** Begins a recording. The same key is the same recording, with what was told first. */
  async begin(
    key: string,
    about: Omit<RecordingRecord, 'format' | 'id'>,
  ): Promise<{ readonly recording: RecordingRecord; readonly created: boolean }> {
    const id = createHash('sha256').update(`creance recording\n${key}`).digest('hex').slice(0, 32);
    const recording: RecordingRecord = { format: 1, id, ...about };
    const created = await this.#put(KEYS.recording(this.#tenant, id), recording);
    return { recording: created ? recording : ((await this.find(id)) ?? recording), created };
  }

  /** What was told of a recording; undefined when there is none. */
  async find(id: string): Promise<RecordingRecord | undefined> {
    return this.#get(KEYS.recording(this.#tenant, id));
  }

  /** True when no more segments are taken. */
  async isClosed(id: string): Promise<boolean> {
    return (await this.#objects.readText(KEYS.manifest(this.#tenant, id))) !== undefined;
  }

  /** Segments that are kept, in order, without what their recorders told: of thousands that would not fit in memory. */
  async kept(id: string): Promise<readonly TraceSegment[]> {
    const keys: string[] = [];
    for await (const { key } of this.#objects.list(KEYS.keptSegments(this.#tenant, id))) keys.push(key);
    const kept: TraceSegment[] = [];
    for (let at = 0; at < keys.length; at += READ_AT_ONCE) {
      const read = await Promise.all(keys.slice(at, at + READ_AT_ONCE).map((key) => this.#get<KeptSegment>(key)));
      for (const segment of read) {
        if (segment === undefined) continue;
        const { told: _, ...known } = segment;
        kept.push(known);
      }
    }
    return kept;
  }

  /** The segment that is kept under a number; undefined when none is. */
  async segment(id: string, sequence: number): Promise<KeptSegment | undefined> {
    return this.#get(KEYS.keptSegment(this.#tenant, id, sequence));
  }

  /**
   * Keeps the bytes of objects as a segment, if they are what was announced. Called again after it was interrupted, it
   * comes to the same.
   */
  async adopt(
    keys: readonly string[],
    announced: AnnouncedSegment,
  ): Promise<{ readonly segment: KeptSegment; readonly created: boolean } | SegmentRefused> {
    const { recording: id, sequence, size, sha256, told } = announced;
    const recording = await this.find(id);
    if (recording === undefined) return 'unknown';
    const before = await this.segment(id, sequence);
    if (before !== undefined) return before.sha256 === sha256 ? { segment: before, created: false } : { taken: before };
    if (await this.isClosed(id)) return 'closed';
    const mark = markOfTry();
    const copies = keys.map((_, n) => KEYS.segmentPart(this.#tenant, id, sequence, mark, n));
    const copied = await copyVerified(this.#objects, keys, copies, announced);
    if (!('encoding' in copied)) return copied;
    if (copied.encoding !== recording.encoding) {
      const message = `the segment is ${copied.encoding}, the recording ${recording.encoding}`;
      const refused = { code: 'TRACE_OTHER_ENCODING', severity: 'error', message } as const;
      return dropped(this.#objects, copies, { refused });
    }
    const [key = '', ...more] = copies;
    const about = { size, sha256, sequence, ...(told === undefined ? {} : { told }) };
    const segment: KeptSegment = { key, ...(more.length > 0 && { more }), ...about };
    if (await this.#put(KEYS.keptSegment(this.#tenant, id, sequence), segment)) return { segment, created: true };
    // Another try was first.
    const kept = await this.segment(id, sequence);
    const answer = kept?.sha256 === sha256 ? { segment: kept, created: false } : { taken: kept ?? segment };
    return dropped(this.#objects, copies, answer);
  }

  /**
   * Closes a recording: what is kept becomes the trace. Answers the trace that is there where it was closed before.
   *
   * @param last the last segment's number
   * @param lost numbers of segments that never come
   */
  async close(
    recording: RecordingRecord,
    last: number,
    lost: readonly number[],
  ): Promise<{ readonly missing: readonly number[] } | { readonly closed: boolean }> {
    if (await this.isClosed(recording.id)) return { closed: false };
    const kept = await this.kept(recording.id);
    const here = new Set(kept.map(({ sequence }) => sequence));
    const absent = Array.from({ length: last }, (_, i) => i + 1).filter((sequence) => !here.has(sequence));
    const missing = absent.filter((sequence) => !lost.includes(sequence));
    if (missing.length > 0) return { missing };
    const manifest = manifestOf(recording, kept, { open: false, lost: absent });
    return { closed: await this.#put(KEYS.manifest(this.#tenant, recording.id), manifest) };
  }

  async #get<T>(key: string): Promise<T | undefined> {
    const text = await this.#objects.readText(key);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }

  #put(key: string, value: object): Promise<boolean> {
    return this.#objects.create(key, `${JSON.stringify(value)}\n`, 'application/json');
  }
}

/** The manifest of what came so far of a recording that is open. */
export function openManifest(recording: RecordingRecord, kept: readonly TraceSegment[]): TraceManifest {
  const here = new Set(kept.map(({ sequence }) => sequence));
  const last = kept.at(-1)?.sequence ?? 0;
  const lost = Array.from({ length: last }, (_, i) => i + 1).filter((sequence) => !here.has(sequence));
  return manifestOf(recording, kept, { open: true, lost });
}

/** What stands for the hash of a recording: SHA-256 over the hashes of its segments, hexadecimal, a line each. */
export function hashOfSegments(segments: readonly TraceSegment[]): string {
  const hash = createHash('sha256');
  for (const { sha256 } of segments) hash.update(`${sha256}\n`);
  return hash.digest('hex');
}

function manifestOf(
  { id, name, encoding, createdAt }: RecordingRecord,
  kept: readonly TraceSegment[],
  recording: NonNullable<TraceManifest['recording']>,
): TraceManifest {
  const size = kept.reduce((sum, segment) => sum + segment.size, 0);
  return { format: 1, id, name, sha256: hashOfSegments(kept), size, encoding, createdAt, segments: kept, recording };
}
