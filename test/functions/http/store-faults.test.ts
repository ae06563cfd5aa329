import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApp } from '../../../functions/http/app.ts';
import { startEmbeddedS3, type EmbeddedS3 } from '../../../functions/store/embedded-s3.ts';
import { ObjectStore } from '../../../functions/store/object-store.ts';
import type { Patience } from '../../../functions/store/patience.ts';
import { FaultyS3, type Fault } from '../../store/faulty-s3.ts';
import { OPERATIONS, type Ask, type Operation } from './store-operations.ts';

const FAULTS = loadAll(
  readFileSync(new URL('../../cases/store/faults.yaml', import.meta.url), 'utf8'),
).flat() as readonly Fault[];
/** Short, so that nobody waits; long enough for a busy machine. */
const PATIENCE: Patience = { tries: 3, answerMs: 3_000, waitMs: 1, maxWaitMs: 5, resumes: 2 };

describe('the service, when something happens between it and its store', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-faults-'));
  let embedded: EmbeddedS3;
  let places = 0;
  beforeAll(async () => {
    embedded = await startEmbeddedS3(directory);
    vi.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  /** A service with a way to its store in which faults can be set, for one case alone. */
  async function placed<T>(work: (ask: Ask, way: FaultyS3) => Promise<T>): Promise<T> {
    const tenant = `place-${++places}`;
    const way = new FaultyS3(embedded.settings.endpoint ?? '');
    const objects = new ObjectStore({ ...embedded.settings, endpoint: await way.start() }, PATIENCE);
    const app = createApp({
      // A tenant of its own: what the others keep must not change what is listed, nor fill a quota.
      access: { guard() {}, admit: async () => ({ tenant, scopes: ['admin'], token: undefined }) },
      site: { file: async () => undefined },
      dispatch: async () => {},
      openStore: () => objects,
      now: () => 0,
    });
    const ask: Ask = async (method, path, body) => {
      const isJson = body !== undefined && !(body instanceof Uint8Array);
      const init =
        body === undefined ? {} : { body: isJson ? JSON.stringify(body) : (body as Uint8Array<ArrayBuffer>) };
      const headers = { 'content-type': isJson ? 'application/json' : 'application/octet-stream' };
      return app.fetch(new Request(`http://127.0.0.1:8787${path}`, { method, headers, ...init }));
    };
    try {
      return await work(ask, way);
    } finally {
      await way.stop();
    }
  }

  it('tells who asks whether it is ready, and goes on living', async () => {
    await placed(async (ask, way) => {
      expect((await ask('GET', '/readyz')).status).toBe(200);
      way.strike({ name: 'no connection', does: 'refuse' }, 0, Infinity);
      expect(await (await ask('GET', '/readyz')).json()).toMatchObject({ status: 503, code: 'STORE_UNAVAILABLE' });
      expect(way.heal()).toBe(1);
      way.strike({ name: 'no connection', does: 'refuse' }, 0, Infinity);
      expect((await ask('GET', '/healthz')).status).toBe(200);
      expect(way.heal()).toBe(0);
      expect((await ask('GET', '/readyz')).status).toBe(200);
    });
  });

  it('asks a store that is down so often and no more', async () => {
    await placed(async (ask, way) => {
      way.strike({ name: 'away', answers: { status: 503, code: 'SlowDown', retryAfter: 86_400 } }, 0, Infinity);
      expect((await ask('GET', '/v1/traces')).status).toBe(503);
      expect(way.heal()).toBe(PATIENCE.tries);
    });
  });

  describe.concurrent.each(OPERATIONS)('while $name', (operation) => {
    it('goes on when something happens once', async () => {
      await placed(async (ask, way) => {
        const requests = await requestsOf(operation, ask, way);
        for (const [fault, at] of strikesOf(operation, requests)) {
          const mark = markOf(operation, fault, `once-${at}`);
          const request = await operation.prepare(ask, mark);
          way.strike(fault, at, 1);
          const { status, text } = await answerOf(request());
          way.heal();
          expect([status, fault.name, at, text.slice(0, 300)]).toEqual([operation.status, fault.name, at, ANYTHING]);
          await operation.proof(ask, text, mark);
        }
      });
    });

    it('says so when it lasts, loses nothing, and goes on when it ends', async () => {
      await placed(async (ask, way) => {
        const requests = await requestsOf(operation, ask, way);
        for (const [fault, at] of strikesOf(operation, requests)) {
          if (fault.does === 'dribble' || fault.does === 'skew') continue;
          const mark = markOf(operation, fault, `lasting-${at}`);
          const request = await operation.prepare(ask, mark);
          way.strike(fault, at, Infinity);
          const { status, headers, text } = await answerOf(request());
          way.heal();
          if (status === 503) {
            expect(headers.get('content-type')).toBe('application/problem+json');
            expect(JSON.parse(text)).toMatchObject({ code: 'STORE_UNAVAILABLE' });
            expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
          } else {
            expect([status, fault.name, at, text.slice(0, 300)]).toEqual([operation.status, fault.name, at, ANYTHING]);
            if (!isBroken(text)) await operation.proof(ask, text, mark);
          }
          const again = await answerOf(request());
          expect([operation.status, operation.again ?? operation.status]).toContain(again.status);
          await operation.proof(ask, again.text, mark);
        }
      });
    });
  });
});

const ANYTHING: unknown = expect.anything();

/** Every fault at every request of every operation takes minutes (`npm run test:faults`). */
const TRIES_ALL = process.env['CREANCE_FAULTS'] === 'all';
/** Otherwise each operation meets every third fault, at one request. */
const STEP = 3;

/** Which faults an operation meets, each with the number of the request at which it strikes. */
function strikesOf(operation: Operation, requests: number): readonly (readonly [Fault, number])[] {
  if (TRIES_ALL) {
    const places = Array.from({ length: requests }, (_, at) => at);
    return FAULTS.flatMap((fault) => places.map((at) => [fault, at] as const));
  }
  const some = FAULTS.filter((_, i) => (i + OPERATIONS.indexOf(operation)) % STEP === 0);
  // At another request for each, so that together they strike at all.
  return some.map((fault) => [fault, FAULTS.indexOf(fault) % requests]);
}

/** How many requests to the store an operation makes when all is well. */
async function requestsOf(operation: Operation, ask: Ask, way: FaultyS3): Promise<number> {
  const request = await operation.prepare(ask, `well-${Math.trunc(Math.random() * 1e9)}`);
  way.heal();
  const { status, text } = await answerOf(request());
  const requests = way.heal();
  expect([status, text.slice(0, 300)]).toEqual([operation.status, ANYTHING]);
  return requests;
}

function markOf(operation: Operation, fault: Fault, mark: string): string {
  return `${OPERATIONS.indexOf(operation)}-${FAULTS.indexOf(fault)}-${mark}`;
}

/** An answer as whoever asked has it: one whose body breaks off is told by its end. */
async function answerOf(asked: Promise<Response>): Promise<{ status: number; headers: Headers; text: string }> {
  const { status, headers, body } = await asked;
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>)
      text += decoder.decode(chunk, { stream: true });
  } catch {
    text += BROKEN;
  }
  return { status, headers, text };
}

const BROKEN = '\n(the answer breaks off)';

/** An answer that ends with a problem, or breaks off: nobody takes it for a whole one. */
function isBroken(text: string): boolean {
  return text.endsWith(BROKEN) || text.includes('"code":"STORE_UNAVAILABLE"');
}
