import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FIRST_RULES } from '../../../functions/greeting.ts';
import { accessOf } from '../../../functions/http/access/access.ts';
import { createApp } from '../../../functions/http/app.ts';
import { originsOf } from '../../../functions/http/cors.ts';
import { startEmbeddedS3, type EmbeddedS3 } from '../../../functions/store/embedded-s3.ts';
import { ObjectStore } from '../../../functions/store/object-store.ts';
import { TokenStore } from '../../../functions/store/token-store.ts';

const ORIGIN = 'https://console.example';
/** What a tenant has: by each route that names one of them. */
const TRACE = '{"section":1}\n';
const SUITE = {
  files: [
    { name: 'a.test.yaml', text: 'rules: [r.yaml]\ntests: []\n' },
    { name: 'r.yaml', text: FIRST_RULES },
  ],
};
/** Names that try to leave the place that names have. */
const CLIMBING = [
  // Plain dots never arrive: whatever parses the address takes them away.
  '..%2F..%2Facme%2Fsuites%2Fnodes',
  '%2e%2e%2f%2e%2e%2facme',
  'nodes%00',
  'nodes%E2%80%AE',
  '%EF%BC%8E%EF%BC%8E',
  'NODES',
];
/** Routes that show everybody the same. */
const PUBLIC = /^\/v1\/(scenarios|practice|describe)\b/;

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

describe('what is one tenant’s', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-isolation-'));
  const said: string[] = [];
  const secrets: string[] = [];
  const ids: Record<string, string> = {};
  let embedded: EmbeddedS3;
  let objects: ObjectStore;
  let app: ReturnType<typeof createApp>;
  let ours = '';
  let theirs = '';
  let routes: { readonly method: string; readonly path: string }[] = [];

  beforeAll(async () => {
    for (const level of ['log', 'info', 'warn', 'error'] as const) {
      vi.spyOn(console, level).mockImplementation((...words) => void said.push(words.map(String).join(' ')));
    }
    embedded = await startEmbeddedS3(directory);
    objects = new ObjectStore(embedded.settings);
    const now = (): number => Date.parse('2026-01-05T09:00:00Z');
    app = createApp({
      access: accessOf('tokens', now),
      origins: originsOf(` ${ORIGIN}, https://other.example`),
      site: { file: async () => undefined },
      dispatch: async () => {},
      openStore: () => objects,
      allowsPrivateWebhooks: true,
      now,
      log: (line) => void said.push(JSON.stringify(line)),
    });
    ours = await tokenFor('acme');
    theirs = await tokenFor('rival');
    await makeOurs();
    const described = (await (await ask('GET', '/v1/openapi.json', ours)).json()) as Described;
    routes = Object.entries(described.paths)
      .filter(([path]) => path.includes('{') && !PUBLIC.test(path))
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })));
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  async function tokenFor(tenant: string): Promise<string> {
    const about = { name: 'test', tenant, scopes: ['admin'] as const, createdAt: '2026-01-05T09:00:00Z' };
    const { token } = await new TokenStore(objects).create(about);
    secrets.push(token);
    return token;
  }

  async function ask(method: string, path: string, token: string, body?: unknown): Promise<Response> {
    const headers = new Headers({ authorization: `Bearer ${token}` });
    if (typeof body === 'object') headers.set('content-type', 'application/json');
    const sent = typeof body === 'object' ? JSON.stringify(body) : (body as string | undefined);
    return app.fetch(
      new Request(`https://creance.example${path}`, { method, headers, ...(sent !== undefined && { body: sent }) }),
    );
  }

  async function made(method: string, path: string, body: unknown): Promise<Record<string, string>> {
    const answer = await ask(method, path, ours, body);
    const text = await answer.text();
    expect([path, answer.ok, text]).toEqual([path, true, text]);
    return JSON.parse(text) as Record<string, string>;
  }

  async function makeOurs(): Promise<void> {
    ids['traces'] = (await made('POST', '/v1/traces?name=ours', TRACE))['id'] as string;
    const announced = { name: 'ours', size: 14, sha256: 'a'.repeat(64) };
    ids['uploads'] = (await made('POST', '/v1/uploads', announced))['id'] as string;
    ids['recordings'] = (await made('POST', '/v1/recordings', { key: 'ours', name: 'node' }))['id'] as string;
    await made('PUT', '/v1/suites/nodes', SUITE);
    await made('PUT', '/v1/rulesets/nodes', { files: [{ name: 'r.yaml', text: FIRST_RULES }] });
    const webhook = { url: 'https://hooks.example/creance', secret: 'a secret of a webhook, and long enough' };
    secrets.push(webhook.secret);
    await ask('PUT', '/v1/webhooks/nodes', ours, webhook);
    ids['runs'] = (await made('POST', '/v1/runs', { suite: 'nodes' }))['id'] as string;
    const { parts } = (await made('POST', `/v1/uploads/${ids['uploads']}/parts`, { parts: [1] })) as unknown as {
      parts: { url: string }[];
    };
    secrets.push(new URL(parts[0]?.url ?? '').searchParams.get('X-Amz-Signature') ?? 'no signature');
  }

  /** Every object of a tenant, with its size and time. */
  async function kept(): Promise<string[]> {
    const found: string[] = [];
    for await (const { key, size, modified } of objects.list('t/acme/')) found.push(`${key} ${size} ${modified}`);
    return found;
  }

  it('is neither shown nor changed by any route for another, who knows its ids and names', async () => {
    const before = await kept();
    expect(routes.length).toBeGreaterThan(15);
    for (const { method, path } of routes) {
      const kind = path.split('/')[2] ?? '';
      const named = path.replaceAll('{id}', ids[kind] ?? 'nodes').replaceAll(/\{\w+\}/g, 'nodes');
      const body = method === 'GET' || method === 'DELETE' ? undefined : {};
      const answer = await ask(method, named, theirs, body);
      const text = await answer.text();
      // What he lists of a name that only others have is nothing.
      const isNothing = answer.status === 200 && /^\{"\w+":\[\]/.test(text);
      expect([method, named, isNothing || answer.status >= 400, text]).toEqual([method, named, true, text]);
      expect([named, answer.status < 500]).toEqual([named, true]);
    }
    expect(await kept()).toEqual(before);
  });

  it('is not reached by names that climb, in whatever spelling', async () => {
    const before = await kept();
    for (const { method, path } of routes) {
      for (const name of CLIMBING) {
        const body = method === 'GET' || method === 'DELETE' ? undefined : SUITE;
        const answer = await ask(method, path.replaceAll(/\{\w+\}/g, name), theirs, body);
        expect([method, path, name, answer.status >= 400 && answer.status < 500]).toEqual([method, path, name, true]);
      }
    }
    expect(await kept()).toEqual(before);
  });

  it('is still there for whom it is of', async () => {
    expect(await (await ask('GET', `/v1/traces/${ids['traces']}/content`, ours)).text()).toBe(TRACE);
    expect((await ask('GET', `/v1/runs/${ids['runs']}`, ours)).status).toBe(200);
    expect(await (await ask('GET', '/v1/suites', theirs)).json()).toEqual({ suites: [] });
  });

  it('lets pages of the origins that are configured in, and no others', async () => {
    const asked = async (origin: string): Promise<Headers> => {
      const headers = {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      };
      return (await app.fetch(new Request('https://creance.example/v1/detect', { method: 'OPTIONS', headers })))
        .headers;
    };
    expect((await asked(ORIGIN)).get('access-control-allow-origin')).toBe(ORIGIN);
    expect((await asked(ORIGIN)).get('access-control-allow-credentials')).toBeNull();
    expect((await asked('https://evil.example')).get('access-control-allow-origin')).toBeNull();
    expect((await asked('null')).get('access-control-allow-origin')).toBeNull();
  });

  it.each(['*', 'console.example', 'https://console.example/', 'https://a.example https://b.example'])(
    'takes %s for no origin',
    (text) => {
      expect(() => originsOf(text)).toThrow('CREANCE_ORIGINS');
    },
  );

  it('stands in no log: tokens, keys of the store, signatures, secrets of webhooks', async () => {
    await ask('GET', `/v1/traces?token=${ours}`, ours);
    const broken = new ObjectStore(
      { ...embedded.settings, endpoint: 'http://127.0.0.1:9' },
      { tries: 1, answerMs: 500, waitMs: 1, maxWaitMs: 1, resumes: 0 },
    );
    await broken.readText('t/acme/x').catch((error: unknown) => console.error(error));
    const { accessKeyId, secretAccessKey } = embedded.settings.credentials ?? { accessKeyId: '', secretAccessKey: '' };
    expect(said.length).toBeGreaterThan(50);
    for (const secret of [...secrets, accessKeyId, secretAccessKey]) {
      expect(secret.length).toBeGreaterThan(15);
      expect(said.filter((line) => line.includes(secret))).toEqual([]);
    }
  });
});
