import { createHash, randomUUID } from 'node:crypto';
import { ByteQueue } from '../gunzip/byte-queue.ts';
import { Catalogue } from './catalogue.ts';
import { KEYS } from './keys.ts';
import type { ObjectStore } from './object-store.ts';
import { openManifest, RecordingStore } from './recording-store.ts';
import { traceEncodingOf } from './trace-encoding.ts';
import type { TraceEncoding, TraceManifest } from './trace-manifest.ts';
import {
  bytesOf,
  copyVerified,
  drain,
  dropped,
  markOfTry,
  Measure,
  type NotKept,
  type RefusedTrace,
} from './verified-copy.ts';

/** Uploads up to this size go to their place in one request; larger ones are assembled under `uploads/` first. */
const DIRECT_BYTES = 4 * 1024 * 1024;

/** A new trace: what it is called, and its bytes as they arrive. */
export interface NewTrace {
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
}

/** A trace that was stored, or that was there already with the same name and bytes (`created` is false then). */
export interface StoredTrace {
  readonly manifest: TraceManifest;
  readonly created: boolean;
}

/** What is known of a trace before its bytes were looked at. */
export type Announced = Pick<TraceManifest, 'name' | 'createdAt' | 'sha256' | 'size'>;

/** A trace that was made of objects, or why it was not. */
export type Adopted = StoredTrace | NotKept;

/**
 * The traces of one tenant in S3. A trace's id is the hash of its name and bytes, so that a retry gives the same trace
 * and nothing is ever overwritten. The manifest is written last and makes the trace exist: a crash before leaves bytes
 * that nobody sees.
 */
export class TraceStore {
  readonly #objects: ObjectStore;
  readonly #tenant: string;

  constructor(objects: ObjectStore, tenant: string) {
    this.#objects = objects;
    this.#tenant = tenant;
  }

  /** Stores a trace whose first bytes are of one. Errors of `chunks` come out as they are. */
  async create(trace: NewTrace): Promise<StoredTrace | RefusedTrace> {
    const queue = new ByteQueue(trace.chunks);
    try {
      const encoding = await traceEncodingOf(queue);
      return typeof encoding === 'string' ? await this.#store(trace, encoding, queue) : { refused: encoding };
    } finally {
      await queue.close();
    }
  }

  /**
   * Keeps the bytes of several objects, one after the other, as a trace, if they are what was announced; the objects
   * themselves stay. Called again after it was interrupted, it gives the same trace.
   *
   * @param keys the objects, in order
   */
  async adopt(keys: readonly string[], announced: Announced): Promise<Adopted> {
    const id = traceId(announced.name, announced.sha256);
    const kept = await this.findSame(announced);
    if (kept !== undefined) return { manifest: kept, created: false };
    const mark = markOfTry();
    const copies = keys.map((_, n) => KEYS.segmentPart(this.#tenant, id, 0, mark, n));
    const copied = await copyVerified(this.#objects, keys, copies, announced);
    if (!('encoding' in copied)) return copied;
    const stored = await this.#publish(manifestOf(id, copied.encoding, copies, announced));
    return stored.created ? stored : dropped(this.#objects, copies, stored);
  }

  /**
   * Deletes a trace: what lists show of it, its manifest, which is what makes it exist, then the bytes. Answers what is
   * gone. Interrupted, it leaves a trace that the sweep lists again, or bytes that nobody sees; deleting it again goes on.
   */
  async delete(id: string): Promise<readonly string[]> {
    const manifest = await this.find(id);
    if (manifest !== undefined) await new Catalogue(this.#objects, this.#tenant).remove(manifest);
    const folder = `${KEYS.traces(this.#tenant)}${id}/`;
    // First what makes it a recording: without its manifest it would be an open one again.
    await this.#objects.delete(KEYS.recording(this.#tenant, id));
    await this.#objects.delete(KEYS.manifest(this.#tenant, id));
    const gone: string[] = [];
    for await (const { key } of this.#objects.list(folder)) {
      await this.#objects.delete(key);
      gone.push(key.slice(folder.length));
    }
    return ['manifest.json', ...gone];
  }

  /** The manifest of a trace, or of what came so far of a recording that is open; undefined when there is neither. */
  async find(id: string): Promise<TraceManifest | undefined> {
    const text = await this.#objects.readText(KEYS.manifest(this.#tenant, id));
    if (text !== undefined) return JSON.parse(text) as TraceManifest;
    const recordings = new RecordingStore(this.#objects, this.#tenant);
    const recording = await recordings.find(id);
    return recording === undefined ? undefined : openManifest(recording, await recordings.kept(id));
  }

  /** The trace of a name and bytes; undefined when there is none. */
  findSame({ name, sha256 }: Pick<TraceManifest, 'name' | 'sha256'>): Promise<TraceManifest | undefined> {
    return this.find(traceId(name, sha256));
  }

  /** The bytes of a trace as they were sent. */
  async *read(manifest: TraceManifest): AsyncGenerator<Uint8Array> {
    for (const segment of this.segments(manifest)) yield* segment;
  }

  /** The bytes of each of its segments; each is opened when it is asked for. */
  *segments(manifest: TraceManifest): Generator<AsyncGenerator<Uint8Array>> {
    for (const { key, more = [] } of manifest.segments) yield bytesOf(this.#objects, [key, ...more]);
  }

  async #store({ name, createdAt }: NewTrace, encoding: TraceEncoding, queue: ByteQueue): Promise<StoredTrace> {
    const small = !(await queue.has(DIRECT_BYTES + 1));
    const upload = small ? undefined : KEYS.upload(this.#tenant, randomUUID());
    const measure = new Measure();
    const measured = (chunk: Uint8Array): Uint8Array => measure.add(chunk);
    const whole = small ? measured(queue.take(DIRECT_BYTES)) : undefined;
    if (upload !== undefined) await this.#objects.upload(upload, drain(queue, measured), MEDIA_TYPE);
    const { sha256, size } = measure.told();
    const id = traceId(name, sha256);
    const key = KEYS.segment(this.#tenant, id, 0, encoding);
    if (whole !== undefined) await this.#objects.create(key, whole, MEDIA_TYPE);
    if (upload !== undefined) {
      await this.#objects.copy(upload, key);
      await this.#objects.delete(upload);
    }
    return this.#publish(manifestOf(id, encoding, [key], { name, createdAt, sha256, size }));
  }

  async #publish(manifest: TraceManifest): Promise<StoredTrace> {
    const text = `${JSON.stringify(manifest)}\n`;
    const created = await this.#objects.create(KEYS.manifest(this.#tenant, manifest.id), text, 'application/json');
    const kept = created ? manifest : await this.find(manifest.id);
    return { manifest: kept ?? manifest, created };
  }
}

function manifestOf(
  id: string,
  encoding: TraceEncoding,
  [key = '', ...more]: readonly string[],
  { name, createdAt, sha256, size }: Announced,
): TraceManifest {
  const segments = [{ key, ...(more.length > 0 && { more }), size, sha256, sequence: 1 }];
  return { format: 1, id, name, sha256, size, encoding, createdAt, segments };
}

/** Not `application/gzip` with an encoding: servers that decompress on the way would change the bytes. */
const MEDIA_TYPE = 'application/octet-stream';

function traceId(name: string, sha256: string): string {
  return createHash('sha256').update(`creance trace\n${sha256}\n${name}`).digest('hex').slice(0, 32);
}
