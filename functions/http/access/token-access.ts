import { MAX_TOKENS_REMEMBERED, TOKEN_MEMORY_MS } from '../../../engine/model/limits.ts';
import { hashOfToken, isToken, type TokenRecord } from '../../store/token.ts';
import { TokenStore } from '../../store/token-store.ts';
import { Refusal } from '../problem.ts';
import type { Access } from './access.ts';

/** What was found for the hash of a token, and until when that is believed. */
interface Remembered {
  readonly record: TokenRecord | undefined;
  readonly until: number;
}

/**
 * Access by bearer tokens (RFC 6750). The store holds hashes only; what it says is believed for half a minute, so a
 * token that was revoked works no longer than that. The same answer is given for a token that is unknown, revoked and
 * past its time: none tells a stranger which it was.
 */
export function tokenAccess(now: () => number): Access {
  const memory = new Map<string, Remembered>();
  return {
    guard() {},
    async admit(request, store) {
      const header = request.headers.get('authorization');
      if (header === null) throw unauthorized('this needs a token', 'send Authorization: Bearer TOKEN');
      const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
      if (token === undefined || !isToken(token)) throw unauthorized('the token is not valid', undefined);
      const hash = hashOfToken(token);
      let known = memory.get(hash);
      if (known === undefined || known.until <= now()) {
        known = { record: await new TokenStore(store()).find(hash), until: now() + TOKEN_MEMORY_MS };
        if (memory.size >= MAX_TOKENS_REMEMBERED) memory.clear();
        memory.set(hash, known);
      }
      const { record } = known;
      if (record === undefined || hasExpired(record, now())) throw unauthorized('the token is not valid', undefined);
      return { tenant: record.tenant, scopes: record.scopes, token: record.id };
    },
  };
}

function hasExpired({ expiresAt }: TokenRecord, now: number): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= now;
}

function unauthorized(message: string, hint: string | undefined): Refusal {
  return new Refusal('UNAUTHORIZED', message, {
    ...(hint === undefined ? {} : { hint }),
    headers: { 'www-authenticate': 'Bearer realm="creance"' },
  });
}
