import { createHash } from 'node:crypto';
import { IDEMPOTENCY_MS } from '../../engine/model/limits.ts';
import { KEYS } from './keys.ts';
import type { Listed, ObjectStore } from './object-store.ts';

/** The answer to a write, for when it is asked for again. */
export interface KeptWrite {
  /** The hash of what was asked: method, address and body. */
  readonly request: string;
  readonly status: number;
  /** Those that a client makes something of. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
}

/** Answers to writes of one tenant, by the keys that clients made for them. */
export class IdempotencyStore {
  readonly #objects: ObjectStore;
  readonly #tenant: string;

  constructor(objects: ObjectStore, tenant: string) {
    this.#objects = objects;
    this.#tenant = tenant;
  }

  /**
   * What was answered under a key not long ago; undefined when nothing was.
   *
   * @param now milliseconds since the epoch
   */
  async find(key: string, now: number): Promise<KeptWrite | undefined> {
    const name = this.#nameOf(key);
    const text = await this.#objects.readText(name);
    if (text === undefined) return undefined;
    const kept = JSON.parse(text) as KeptWrite;
    if (Date.parse(kept.createdAt) > now - IDEMPOTENCY_MS) return kept;
    await this.#objects.delete(name);
    return undefined;
  }

  /** Keeps an answer; when another one was first, gives that. */
  async keep(key: string, write: KeptWrite): Promise<KeptWrite> {
    const name = this.#nameOf(key);
    const text = JSON.stringify(write);
    if (await this.#objects.create(name, `${text}\n`, 'application/json')) return write;
    return JSON.parse((await this.#objects.readText(name)) ?? text) as KeptWrite;
  }

  /** What a client calls it becomes no part of a name: it is the client's text. */
  #nameOf(key: string): string {
    return `${KEYS.idempotency(this.#tenant)}${createHash('sha256').update(key).digest('hex')}.json`;
  }
}

/**
 * Deletes answers of a tenant that are older than they are kept.
 *
 * @param now milliseconds since the epoch
 */
export async function sweepIdempotency(
  objects: ObjectStore,
  tenant: string,
  now: number,
  drop: (object: Listed) => Promise<void>,
): Promise<void> {
  for await (const object of objects.list(KEYS.idempotency(tenant))) {
    if (object.modified < now - IDEMPOTENCY_MS) await drop(object);
  }
}
