import { timingSafeEqual } from 'node:crypto';
import { KEYS } from './keys.ts';
import type { ObjectStore } from './object-store.ts';
import { hashOfToken, newToken, tokenId, type TokenRecord } from './token.ts';

/** The tokens of all tenants, by their hashes. */
export class TokenStore {
  readonly #objects: ObjectStore;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /** Makes a token. It is answered here and never again. */
  async create(about: Omit<TokenRecord, 'format' | 'id'>): Promise<{ token: string; record: TokenRecord }> {
    const token = newToken();
    const hash = hashOfToken(token);
    const record: TokenRecord = { format: 1, id: tokenId(hash), ...about };
    await this.#objects.create(
      KEYS.token(hash),
      `${JSON.stringify({ ...record, sha256: hash })}\n`,
      'application/json',
    );
    return { token, record };
  }

  /** What is kept of the token with a hash; undefined when there is none. */
  async find(hash: string): Promise<TokenRecord | undefined> {
    const text = await this.#objects.readText(KEYS.token(hash));
    if (text === undefined) return undefined;
    const { sha256, ...record } = JSON.parse(text) as TokenRecord & { readonly sha256: string };
    // The name of the object says it already; what was put under a wrong name must not let anyone in.
    const isSame = sha256.length === hash.length && timingSafeEqual(Buffer.from(sha256), Buffer.from(hash));
    return isSame ? record : undefined;
  }

  /** All tokens, in no order that means anything. */
  async *list(): AsyncGenerator<TokenRecord> {
    for await (const { key } of this.#objects.list(KEYS.tokens)) {
      const record = await this.find(key.slice(KEYS.tokens.length));
      if (record !== undefined) yield record;
    }
  }

  /** Deletes the tokens whose id begins so; answers them. */
  async revoke(id: string): Promise<readonly TokenRecord[]> {
    const gone: TokenRecord[] = [];
    for await (const { key } of this.#objects.list(`${KEYS.tokens}${id}`)) {
      const record = await this.find(key.slice(KEYS.tokens.length));
      await this.#objects.delete(key);
      if (record !== undefined) gone.push(record);
    }
    return gone;
  }
}
