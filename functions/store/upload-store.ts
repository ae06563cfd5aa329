import { createHash, randomBytes } from 'node:crypto';
import { KEYS } from './keys.ts';
import type { ObjectStore } from './object-store.ts';
import { RecordingStore, type AnnouncedSegment, type KeptSegment, type SegmentRefused } from './recording-store.ts';
import type { Adopted, TraceStore } from './trace-store.ts';

/** How long an address for a part is good, in seconds. Whoever is slower asks again. */
export const PART_ADDRESS_SECONDS = 900;

/** What is kept of an upload beside its parts; written once. */
export interface UploadRecord {
  readonly format: 1;
  readonly id: string;
  /** What the trace will be called. */
  readonly name: string;
  /** Of the whole trace, hexadecimal; what arrived must have it. */
  readonly sha256: string;
  /** Bytes of the whole trace. */
  readonly size: number;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  /** What the trace is labelled with. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The segment of a recording that it is to become, in place of a trace. */
  readonly segment?: AnnouncedSegment;
  /** The id of the token that the recording of the segment was begun with. */
  readonly token?: string;
}

/** Numbers of parts that did not arrive. */
export interface Missing {
  readonly missing: readonly number[];
}

/** A part of an upload that arrived. */
export interface ArrivedPart {
  /** From 1. */
  readonly number: number;
  readonly size: number;
}

/**
 * Uploads of one tenant that are sent in parts, straight to S3: each part is an object that is PUT to a signed address.
 * (Not S3's own multipart upload: Cloudflare's local R2 cannot tell which of its parts arrived.) An upload survives the
 * end of whoever sends it, and completing it twice gives the same trace.
 */
export class UploadStore {
  readonly #objects: ObjectStore;
  readonly #tenant: string;
  readonly #traces: TraceStore;

  constructor(objects: ObjectStore, tenant: string, traces: TraceStore) {
    this.#objects = objects;
    this.#tenant = tenant;
    this.#traces = traces;
  }

  /** Begins an upload. */
  async create(about: Omit<UploadRecord, 'format' | 'id' | 'segment'>): Promise<UploadRecord> {
    const record: UploadRecord = { format: 1, id: randomBytes(16).toString('hex'), ...about };
    await this.#put(record);
    return record;
  }

  /** Begins the upload of a segment. The same segment is the same upload, so that asking twice leaves nothing behind. */
  async createSegment(
    segment: AnnouncedSegment,
    createdAt: string,
    token?: string,
  ): Promise<{ readonly upload: UploadRecord; readonly created: boolean }> {
    const { recording, sequence, sha256, size } = segment;
    const about = `creance segment\n${recording}\n${sequence}\n${size}\n${sha256}`;
    const id = createHash('sha256').update(about).digest('hex').slice(0, 32);
    const owner = token === undefined ? {} : { token };
    const name = `segment ${sequence}`;
    const upload: UploadRecord = { format: 1, id, name, sha256, size, createdAt, segment, ...owner };
    const created = await this.#put(upload);
    return { upload: created ? upload : ((await this.find(id)) ?? upload), created };
  }

  /** The trace that an upload became; undefined while it did not. */
  async traceOf(upload: UploadRecord): Promise<string | undefined> {
    return (await this.#traces.findSame(upload))?.id;
  }

  /** The upload of an id; undefined when there is none, or when it was given up or became a trace long ago. */
  async find(id: string): Promise<UploadRecord | undefined> {
    const text = await this.#objects.readText(KEYS.uploadRecord(this.#tenant, id));
    return text === undefined ? undefined : (JSON.parse(text) as UploadRecord);
  }

  /** Addresses to PUT parts to, in the order asked. */
  async addresses({ id }: UploadRecord, parts: readonly number[]): Promise<string[]> {
    return Promise.all(parts.map((part) => this.#objects.addressToPut(this.#part(id, part), PART_ADDRESS_SECONDS)));
  }

  /** Keeps a part; one that arrived before stays. */
  async putPart({ id }: UploadRecord, number: number, bytes: Uint8Array): Promise<void> {
    await this.#objects.create(this.#part(id, number), bytes, 'application/octet-stream');
  }

  /** Parts that arrived, in order. */
  async arrived({ id }: UploadRecord): Promise<readonly ArrivedPart[]> {
    const folder = KEYS.uploadParts(this.#tenant, id);
    const parts: ArrivedPart[] = [];
    for await (const { key, size } of this.#objects.list(folder)) {
      parts.push({ number: Number(key.slice(folder.length)), size });
    }
    return parts;
  }

  /**
   * Puts the parts together, looks whether that is what was announced, and keeps it as a trace. Whatever it was
   * interrupted at, it can be called again.
   *
   * @param count how many parts there are to be
   */
  async complete(upload: UploadRecord, count: number): Promise<Adopted | Missing> {
    const missing = await this.#missing(upload, count);
    if (missing.length > 0) {
      // It was kept before, and the parts are gone or going.
      const kept = await this.#traces.findSame(upload);
      if (kept === undefined) return { missing };
      await this.#dropParts(upload);
      return { manifest: kept, created: false };
    }
    const keys = this.#parts(upload, count);
    const { name, sha256, size, createdAt } = upload;
    const kept = await this.#traces.adopt(keys, { name, sha256, size, createdAt });
    // What was announced stays a while: the answer may be lost, and is asked for again.
    if ('manifest' in kept) await this.#dropParts(upload);
    else await this.abort(upload);
    return kept;
  }

  /**
   * The same for a segment of a recording.
   *
   * @param count how many parts there are to be
   */
  async completeSegment(
    upload: UploadRecord,
    segment: AnnouncedSegment,
    count: number,
  ): Promise<{ readonly segment: KeptSegment; readonly created: boolean } | SegmentRefused | Missing> {
    const recordings = new RecordingStore(this.#objects, this.#tenant);
    const before = await recordings.segment(segment.recording, segment.sequence);
    const isKept = before?.sha256 === segment.sha256;
    const missing = isKept ? [] : await this.#missing(upload, count);
    if (missing.length > 0) return { missing };
    const kept = isKept
      ? { segment: before, created: false }
      : await recordings.adopt(this.#parts(upload, count), segment);
    if (typeof kept === 'object' && 'segment' in kept) await this.#dropParts(upload);
    else await this.abort(upload);
    return kept;
  }

  /** Forgets an upload: its parts, then what was announced. */
  async abort(upload: UploadRecord): Promise<void> {
    await this.#dropParts(upload);
    await this.#objects.delete(KEYS.uploadRecord(this.#tenant, upload.id));
  }

  async #missing(upload: UploadRecord, count: number): Promise<number[]> {
    const here = new Set((await this.arrived(upload)).map(({ number }) => number));
    return Array.from({ length: count }, (_, i) => i + 1).filter((number) => !here.has(number));
  }

  #parts({ id }: UploadRecord, count: number): string[] {
    return Array.from({ length: count }, (_, i) => this.#part(id, i + 1));
  }

  #put(upload: UploadRecord): Promise<boolean> {
    const text = `${JSON.stringify(upload)}\n`;
    return this.#objects.create(KEYS.uploadRecord(this.#tenant, upload.id), text, 'application/json');
  }

  async #dropParts({ id }: UploadRecord): Promise<void> {
    for await (const { key } of this.#objects.list(KEYS.uploadParts(this.#tenant, id))) await this.#objects.delete(key);
  }

  /** Padded, so that a listing has them in order. */
  #part(id: string, number: number): string {
    return `${KEYS.uploadParts(this.#tenant, id)}${String(number).padStart(5, '0')}`;
  }
}
