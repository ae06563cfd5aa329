import { createHash, randomBytes } from 'node:crypto';
import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { ByteQueue } from '../gunzip/byte-queue.ts';
import type { ObjectStore } from './object-store.ts';
import { traceEncodingOf } from './trace-encoding.ts';
import type { TraceEncoding } from './trace-manifest.ts';

const CHUNK_BYTES = 256 * 1024;

/** Bytes that are no trace, and what they are instead. */
export interface RefusedTrace {
  readonly refused: Diagnostic;
}

/** Why bytes that were sent are not kept: they are no trace, or others than were announced. */
export type NotKept = RefusedTrace | { readonly differs: { readonly size: number; readonly sha256: string } };

/**
 * Copies objects whose bytes, one after the other, are to be what was announced. They are copied before they are looked
 * at, to names that nobody else writes: what was looked at is what is kept. Copies that are not kept are deleted.
 */
export async function copyVerified(
  objects: ObjectStore,
  from: readonly string[],
  to: readonly string[],
  announced: { readonly size: number; readonly sha256: string },
): Promise<{ readonly encoding: TraceEncoding } | NotKept> {
  for (const [n, key] of from.entries()) await objects.copy(key, to[n] as string);
  const queue = new ByteQueue(bytesOf(objects, to));
  try {
    const encoding = await traceEncodingOf(queue);
    if (typeof encoding !== 'string') return await dropped(objects, to, { refused: encoding });
    const measure = new Measure();
    for await (const chunk of drain(queue, (bytes) => bytes)) measure.add(chunk);
    const found = measure.told();
    const isSame = found.sha256 === announced.sha256 && found.size === announced.size;
    return isSame ? { encoding } : await dropped(objects, to, { differs: found });
  } finally {
    await queue.close();
  }
}

/** What tells one try to keep something from every other, also from one of the same upload at the same moment. */
export function markOfTry(): string {
  return randomBytes(8).toString('hex');
}

/** The bytes of objects of a trace, one after the other. */
export async function* bytesOf(objects: ObjectStore, keys: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const key of keys) {
    const stream = await objects.read(key);
    if (stream === undefined) throw new Error(`the object ${key} of a stored trace is gone`);
    yield* stream;
  }
}

/** Deletes objects; answers what it was given. */
export async function dropped<T>(objects: ObjectStore, keys: readonly string[], answer: T): Promise<T> {
  for (const key of keys) await objects.delete(key);
  return answer;
}

/** Takes all bytes of a queue, in pieces of one size. */
export async function* drain(
  queue: ByteQueue,
  measured: (chunk: Uint8Array) => Uint8Array,
): AsyncGenerator<Uint8Array> {
  while (await queue.has(1)) yield measured(queue.take(CHUNK_BYTES));
}

/** Counts and hashes bytes that pass. */
export class Measure {
  readonly #hash = createHash('sha256');
  #size = 0;

  add(chunk: Uint8Array): Uint8Array {
    this.#hash.update(chunk);
    this.#size += chunk.length;
    return chunk;
  }

  /** What passed; asked once. */
  told(): { readonly size: number; readonly sha256: string } {
    return { size: this.#size, sha256: this.#hash.digest('hex') };
  }
}
