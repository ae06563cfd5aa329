import { createHash, type Hash } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { MAX_CAPTURE_BODY_BYTES, MAX_KEPT_ANSWER_BYTES } from '../../engine/model/limits.ts';
import { IdempotencyStore, type KeptWrite } from '../store/idempotency-store.ts';
import type { Call } from './api.ts';
import { Refusal } from './problem.ts';
import { bodyOf } from './request-body.ts';

/** The header by which a client says that a write is the same as one before. */
const IDEMPOTENCY_KEY = 'idempotency-key';

/** That header, for the description of a write. */
export const IDEMPOTENCY_HEADERS = z.object({
  [IDEMPOTENCY_KEY]: z.string().max(255).optional().openapi({
    description:
      'Of your own making, one for each write. The same key with the same request within a day is answered as before; with another request it is refused.',
    example: '4d1b0c9e-7a53-4f5e-9c1e-5f0f6f0f9a55',
  }),
});
/** A key that a client may make: what can be printed, up to the length of any hash or UUID. */
const KEY = /^[\x21-\x7e]{1,255}$/;
/** Headers of an answer that are kept with it. */
const KEPT_HEADERS = ['content-type', 'location', 'preference-applied'];
/** A body with little beside a capture. */
const MAX_BODY_BYTES = MAX_CAPTURE_BODY_BYTES + 48 * 1024 * 1024;

/**
 * Answers a write as it was answered before, when its `Idempotency-Key` was used before; refuses another request under
 * the same key. Only what succeeded is kept, so what failed may be tried again. Two that come at a time both work, and
 * give the answer of the first to end: every write is made so that twice is once.
 */
export async function idempotent(
  call: Call,
  tenant: string,
  handler: (call: Call) => Promise<Response>,
): Promise<Response> {
  const key = call.req.header(IDEMPOTENCY_KEY);
  if (key === undefined) return handler(call);
  if (!KEY.test(key)) throw new Refusal('INVALID_REQUEST', 'the Idempotency-Key is 1 to 255 visible ASCII characters');
  const store = new IdempotencyStore(call.get('store')(), tenant);
  const { now } = call.get('settings');
  const hash = requestHash(call);
  const before = await store.find(key, now());
  if (before !== undefined) {
    for await (const chunk of bodyOf(call.req.raw, MAX_BODY_BYTES)) hash.update(chunk);
    return again(before, hash.digest('hex'));
  }
  const ended = hashBody(call, hash);
  const answer = await handler(call);
  if (!answer.ok) return answer;
  const request = await ended();
  const body = await answer.text();
  if (body.length > MAX_KEPT_ANSWER_BYTES) return new Response(body, answer);
  const headers = Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    }),
  );
  const createdAt = new Date(now()).toISOString();
  const kept = await store.keep(key, { request, status: answer.status, headers, body, createdAt });
  return again(kept, request);
}

function again(kept: KeptWrite, request: string): Response {
  if (kept.request !== request) {
    throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'the Idempotency-Key was used for another request', {
      hint: 'make a new key for each request, and send the same one only when you try the same again',
    });
  }
  const { status, headers, body } = kept;
  return new Response(status === 204 ? null : body, { status, headers: { ...headers, 'cache-control': 'no-store' } });
}

/** A hash that has taken what is asked, save for the body. */
function requestHash(call: Call): Hash {
  const { pathname, search } = new URL(call.req.url);
  const about = [call.req.method, pathname, search, call.req.header('content-type') ?? ''];
  return createHash('sha256').update(`${JSON.stringify(about)}\n`);
}

/** Has the body of a request hashed while it is read; gives what waits for the rest and gives the hash. */
function hashBody(call: Call, hash: Hash): () => Promise<string> {
  const { raw } = call.req;
  if (raw.body === null) return async () => hash.digest('hex');
  const reader = raw.body.getReader();
  const take = async (): Promise<Uint8Array | undefined> => {
    const { value, done } = await reader.read();
    if (!done) hash.update(value);
    return done ? undefined : value;
  };
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = await take();
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
  });
  call.req.raw = new Request(raw.url, {
    method: raw.method,
    headers: raw.headers,
    body,
    duplex: 'half',
  } as RequestInit);
  return async () => {
    // What nobody wanted to read belongs to the request too.
    for (let chunk = await take(); chunk !== undefined; chunk = await take());
    return hash.digest('hex');
  };
}
