import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Source } from '../../../engine/model/source.ts';
import { simulate } from '../../../engine/simulate.ts';
import { accessOf } from '../../../functions/http/access/access.ts';
import { createApp } from '../../../functions/http/app.ts';
import { memoryRateLimit } from '../../../functions/http/rate-limit.ts';
import type { RequestLine } from '../../../functions/http/request-log.ts';
import { startEmbeddedS3, type EmbeddedS3 } from '../../../functions/store/embedded-s3.ts';
import { ObjectStore } from '../../../functions/store/object-store.ts';
import type { Scope } from '../../../functions/store/scope.ts';
import { TokenStore } from '../../../functions/store/token-store.ts';

const STORY = 'story: A shell\nactors:\n  init: /sbin/init\nsteps:\n  - init runs: sh -c id\n';
const MOST = 40;

describe('access by tokens', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-tokens-'));
  const lines: RequestLine[] = [];
  let now = Date.parse('2026-01-05T09:00:00Z');
  let embedded: EmbeddedS3;
  let objects: ObjectStore;
  let app: ReturnType<typeof createApp>;

  beforeAll(async () => {
    embedded = await startEmbeddedS3(directory);
    objects = new ObjectStore(embedded.settings);
    const clock = (): number => now;
    app = createApp({
      access: accessOf('tokens', clock),
      site: { file: async () => undefined },
      dispatch: async () => {},
      openStore: () => objects,
      now: clock,
      rateLimit: memoryRateLimit(MOST, clock),
      log: (line) => void lines.push(line),
    });
  });
  afterAll(async () => {
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  async function tokenFor(tenant: string, scopes: readonly Scope[], expiresAt?: string): Promise<string> {
    const about = { name: 'test', tenant, scopes, createdAt: new Date(now).toISOString() };
    const { token } = await new TokenStore(objects).create(expiresAt === undefined ? about : { ...about, expiresAt });
    return token;
  }

  async function ask(path: string, token?: string, init: RequestInit = {}): Promise<{ status: number; body: string }> {
    const request = new Request(`https://creance.example${path}`, init);
    if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
    const answer = await app.fetch(request);
    return { status: answer.status, body: await answer.text() };
  }

  function capture(story = STORY): Uint8Array<ArrayBuffer> {
    const chunks: Uint8Array[] = [];
    simulate(new Source('story', story), 'scap', (bytes) => void chunks.push(bytes));
    return new Uint8Array(Buffer.concat(chunks));
  }

  const upload = (token: string): Promise<{ status: number; body: string }> =>
    ask('/v1/traces?name=a', token, { method: 'POST', body: capture() });

  it.each([
    ['without one', undefined],
    ['with a word', 'secret'],
    ['with one that was never made', `creance_${'A'.repeat(43)}`],
    ['with a path for one', 'creance_../../sys/tokens'],
  ])('refuses a request %s, and says nothing more', async (_, token) => {
    const { status, body } = await ask('/v1/traces', token);
    expect(status).toBe(401);
    expect(JSON.parse(body)).toMatchObject({ code: 'UNAUTHORIZED' });
    expect(body).not.toContain('sys/');
  });

  it('asks for a token in the words of RFC 6750', async () => {
    const answer = await app.fetch(new Request('https://creance.example/v1/traces'));
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="creance"');
  });

  it.each<[Scope, number[]]>([
    ['agent', [201, 403, 403, 403]],
    ['read', [403, 200, 200, 403]],
    ['write', [201, 200, 200, 403]],
    ['admin', [201, 200, 200, 200]],
  ])('lets the scope %s do what it may', async (scope, expected) => {
    const token = await tokenFor(`scope-${scope}`, [scope]);
    const statuses = [
      (await upload(token)).status,
      (await ask('/v1/traces', token)).status,
      (await ask('/v1/describe/fields', token)).status,
      (await ask('/metrics', token)).status,
    ];
    expect(statuses).toEqual(expected);
  });

  it('shows a tenant nothing of another, by whatever name', async () => {
    const [ours, theirs] = [await tokenFor('acme', ['write']), await tokenFor('rival', ['admin'])];
    const { id } = JSON.parse((await upload(ours)).body) as { id: string };
    expect((await ask(`/v1/traces/${id}`, ours)).status).toBe(200);
    expect(JSON.parse((await ask('/v1/traces', theirs)).body)).toEqual({ traces: [] });
    const names = [
      id,
      `../../acme/traces/${id}`,
      `..%2F..%2Facme%2Ftraces%2F${id}`,
      `${id}%00`,
      `${id.slice(0, 31)}%E2%80%AE`,
      id.toUpperCase(),
      `${id}/manifest.json`,
      `${id}%2Fsegments%2F0.scap`,
    ];
    for (const name of names) expect((await ask(`/v1/traces/${name}`, theirs)).status, name).toBe(404);
    const run = JSON.stringify({ trace: id, condition: 'evt.num > 0' });
    const filtered = await ask('/v1/filter', theirs, {
      method: 'POST',
      body: run,
      headers: { 'content-type': 'application/json' },
    });
    expect(JSON.parse(filtered.body)).toMatchObject({ code: 'UNKNOWN_TRACE' });
  });

  it('lets a recorder write to no recording that another one of its tenant began', async () => {
    const [node, thief, operator] = [
      await tokenFor('nodes', ['agent']),
      await tokenFor('nodes', ['agent']),
      await tokenFor('nodes', ['write']),
    ];
    const post = (path: string, token: string, body?: object): ReturnType<typeof ask> =>
      ask(path, token, {
        method: 'POST',
        ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
    const about = { key: 'node-7', name: 'node-7', encoding: 'scap' };
    const { id } = JSON.parse((await post('/v1/recordings', node, about)).body) as { id: string };
    const bytes = capture();
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const segment = { sequence: 1, size: bytes.length, sha256 };
    const announced = await post(`/v1/recordings/${id}/segments`, node, segment);
    const upload = (JSON.parse(announced.body) as { id: string }).id;
    const tries = (token: string): Promise<{ status: number; body: string }>[] => [
      post('/v1/recordings', token, about),
      ask(`/v1/recordings/${id}`, token),
      post(`/v1/recordings/${id}/segments`, token, segment),
      post(`/v1/recordings/${id}/segments`, token, { ...segment, sequence: 2 }),
      ask(`/v1/uploads/${upload}`, token),
      post(`/v1/uploads/${upload}/parts`, token, { parts: [1] }),
      post(`/v1/uploads/${upload}/complete`, token),
      ask(`/v1/uploads/${upload}`, token, { method: 'DELETE' }),
      post(`/v1/recordings/${id}/close`, token, { segments: 1, lost: [1] }),
    ];
    for (const { status, body } of await Promise.all(tries(thief))) {
      expect([status, (JSON.parse(body) as { code: string }).code]).toEqual([403, 'RECORDING_OF_ANOTHER']);
    }
    const parts = await post(`/v1/uploads/${upload}/parts`, node, { parts: [1] });
    const [{ url }] = (JSON.parse(parts.body) as { parts: [{ url: string }] }).parts;
    await (await fetch(url, { method: 'PUT', body: bytes })).arrayBuffer();
    expect((await post(`/v1/uploads/${upload}/complete`, node)).status).toBe(201);
    expect((await ask(`/v1/recordings/${id}`, operator)).status).toBe(200);
    expect((await post(`/v1/recordings/${id}/close`, operator, { segments: 1 })).status).toBe(200);
  });

  it('gives two tenants that keep the same bytes each their own', async () => {
    const tokens = [await tokenFor('left', ['write']), await tokenFor('right', ['write'])];
    for (const token of tokens) expect((await upload(token)).status).toBe(201);
  });

  it('ends with its time', async () => {
    const token = await tokenFor('brief', ['read'], new Date(now + 60_000).toISOString());
    expect((await ask('/v1/traces', token)).status).toBe(200);
    now += 60_000;
    expect((await ask('/v1/traces', token)).status).toBe(401);
  });

  it('is refused half a minute after it was revoked at the latest', async () => {
    const token = await tokenFor('gone', ['read']);
    expect((await ask('/v1/traces', token)).status).toBe(200);
    const ids: string[] = [];
    for await (const record of new TokenStore(objects).list()) if (record.tenant === 'gone') ids.push(record.id);
    expect(await new TokenStore(objects).revoke(ids[0] as string)).toHaveLength(1);
    now += 30_000;
    expect((await ask('/v1/traces', token)).status).toBe(401);
  });

  it('does not believe a record that lies under the hash of another token', async () => {
    const token = await tokenFor('moved', ['admin']);
    const [from, to] = [token, `creance_${'B'.repeat(43)}`].map(
      (text) => `sys/tokens/${createHash('sha256').update(text).digest('hex')}`,
    );
    await objects.copy(from as string, to as string);
    expect((await ask('/v1/traces', `creance_${'B'.repeat(43)}`)).status).toBe(401);
  });

  it('bounds how often one token asks, not how often others do', async () => {
    const [busy, calm] = [await tokenFor('busy', ['read']), await tokenFor('calm', ['read'])];
    const statuses: number[] = [];
    for (let i = 0; i <= MOST; i++) statuses.push((await ask('/v1/describe/operators', busy)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(MOST);
    expect(statuses.at(-1)).toBe(429);
    expect((await ask('/v1/describe/operators', calm)).status).toBe(200);
    now += 60_000;
    expect((await ask('/v1/describe/operators', busy)).status).toBe(200);
  });

  it('keeps who wrote what', async () => {
    const token = await tokenFor('audited', ['write']);
    const { id } = JSON.parse((await upload(token)).body) as { id: string };
    const entries: unknown[] = [];
    for await (const { key } of objects.list('t/audited/audit/')) {
      entries.push(JSON.parse((await objects.readText(key)) ?? ''));
    }
    expect(entries).toEqual([expect.objectContaining({ action: 'trace.create', object: id })]);
  });

  it('logs each request once, and no secret', async () => {
    const token = await tokenFor('logged', ['read']);
    lines.length = 0;
    await ask('/v1/traces?limit=2', token);
    expect(lines).toEqual([
      expect.objectContaining({ method: 'GET', path: '/v1/traces', status: 200, tenant: 'logged' }),
    ]);
    expect(JSON.stringify(lines)).not.toContain(token);
  });

  it('answers probes without a token, and counts requests for one', async () => {
    expect(await ask('/healthz')).toEqual({ status: 200, body: 'ok\n' });
    expect(await ask('/readyz')).toEqual({ status: 200, body: 'ok\n' });
    const { body } = await ask('/metrics', await tokenFor('operator', ['admin']));
    expect(body).toMatch(/creance_request_seconds_count\{method="GET",route="\/v1\/traces",status="401"\} [1-9]/);
    expect(body.split('\n').length).toBeLessThan(400);
  });
});
