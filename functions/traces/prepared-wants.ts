import { createHash } from 'node:crypto';
import { MAX_PREPARED_WANT, MAX_PREPARED_WANTS } from '../../engine/model/limits.ts';
import type { Lacks } from '../../engine/prepared/judgement.ts';
import type { More } from '../../engine/prepared/usual.ts';
import { KEYS } from '../store/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';

/** What the prepared forms of a tenant hold beside the usual, and how often they were widened for it. */
export interface Wants {
  readonly count: number;
  readonly more: More;
}

/** What the rules of a tenant asked of prepared traces and did not find there: each answer is an object, written once. */
export class PreparedWants {
  readonly #objects: ObjectStore;
  readonly #tenant: string;

  constructor(objects: ObjectStore, tenant: string) {
    this.#objects = objects;
    this.#tenant = tenant;
  }

  /** Notes what rules asked for; false when no form answers them, or what is noted is at its bounds. */
  async note({ fields, types, unfit }: Lacks): Promise<boolean> {
    if (unfit.length > 0 || fields.length + types.length > MAX_PREPARED_WANT) return false;
    const text = JSON.stringify({ fields: fields.toSorted(), types } satisfies More);
    const key = KEYS.want(this.#tenant, createHash('sha256').update(text).digest('hex'));
    const keys = await this.#keys();
    if (keys.includes(key)) return true;
    if (keys.length === MAX_PREPARED_WANTS) return false;
    await this.#objects.create(key, text, 'application/json');
    return true;
  }

  /** All that was noted. */
  async all(): Promise<Wants> {
    const keys = await this.#keys();
    const wants: More[] = [];
    for (const key of keys) {
      const text = await this.#objects.readText(key);
      if (text !== undefined) wants.push(JSON.parse(text) as More);
    }
    const more = { fields: wants.flatMap(({ fields }) => fields), types: wants.flatMap(({ types }) => types) };
    return { count: keys.length, more };
  }

  async #keys(): Promise<readonly string[]> {
    const keys: string[] = [];
    for await (const { key } of this.#objects.list(KEYS.wants(this.#tenant))) keys.push(key);
    return keys.slice(0, MAX_PREPARED_WANTS);
  }
}
