import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Source } from '../../../engine/model/source.ts';
import { simulate } from '../../../engine/simulate.ts';
import { accessOf } from '../../../functions/http/access/access.ts';
import { createApp } from '../../../functions/http/app.ts';
import { startEmbeddedS3, type EmbeddedS3 } from '../../../functions/store/embedded-s3.ts';
import { ObjectStore } from '../../../functions/store/object-store.ts';
import type { Scope } from '../../../functions/store/scope.ts';
import { TokenStore } from '../../../functions/store/token-store.ts';
import { InProcessIndexing } from '../../../functions/traces/in-process.ts';

const NOW = Date.parse('2026-01-05T09:00:00Z');
const STORY = 'story: A shell\nactors:\n  init: /sbin/init\nsteps:\n  - init runs: sh -c id\n';
const BYTES = capture();
const ABOUT = { size: BYTES.length, sha256: createHash('sha256').update(BYTES).digest('hex') };

describe('what a tenant may not see of another', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-isolation-'));
  let embedded: EmbeddedS3;
  let objects: ObjectStore;
  let indexing: InProcessIndexing;
  let app: ReturnType<typeof createApp>;
  let [ours, theirs, trace, recording, upload] = ['', '', '', '', ''];

  async function tokenFor(tenant: string, scope: Scope): Promise<string> {
    const about = { name: 'test', tenant, scopes: [scope], createdAt: new Date(NOW).toISOString() };
    return (await new TokenStore(objects).create(about)).token;
  }

  async function ask(token: string, method: string, path: string, body?: unknown) {
    const headers = new Headers({ authorization: `Bearer ${token}` });
    if (body !== undefined && !(body instanceof Uint8Array)) headers.set('content-type', 'application/json');
    const sent = body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body);
    const init = { method, headers, ...(body === undefined ? {} : { body: sent }) };
    const answer = await app.fetch(new Request(`https://creance.example${path}`, init));
    const text = await answer.text();
    return { status: answer.status, text, json: JSON.parse(text || '{}') as Record<string, unknown> };
  }

  beforeAll(async () => {
    embedded = await startEmbeddedS3(directory);
    objects = new ObjectStore(embedded.settings);
    indexing = new InProcessIndexing(objects, () => NOW);
    app = createApp({
      access: accessOf('tokens', () => NOW),
      site: { file: async () => undefined },
      dispatch: async () => {},
      indexing: indexing.dispatch,
      openStore: () => objects,
      now: () => NOW,
    });
    [ours, theirs] = [await tokenFor('acme', 'write'), await tokenFor('rival', 'admin')];
    trace = String((await ask(ours, 'POST', '/v1/traces?name=a&label=kind=attack', BYTES)).json['id']);
    recording = String(
      (await ask(ours, 'POST', '/v1/recordings', { key: 'a', name: 'a', encoding: 'scap' })).json['id'],
    );
    const path = `/v1/recordings/${recording}/segments`;
    upload = String((await ask(ours, 'POST', path, { sequence: 1, ...ABOUT })).json['id']);
    await indexing.settled();
  });
  afterAll(async () => {
    await indexing.stop();
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('is his: what he does with his own works', async () => {
    expect((await ask(ours, 'GET', `/v1/traces/${trace}/index`)).status).toBe(200);
    expect((await ask(ours, 'GET', `/v1/traces/${trace}/events`)).status).toBe(200);
    expect((await ask(ours, 'GET', `/v1/recordings/${recording}`)).status).toBe(200);
  });

  it.each<[string, string, () => string, unknown]>([
    ['a trace', 'GET', () => `/v1/traces/${trace}`, undefined],
    ['an index', 'GET', () => `/v1/traces/${trace}/index`, undefined],
    ['events', 'GET', () => `/v1/traces/${trace}/events`, undefined],
    ['events of an id that climbs', 'GET', () => `/v1/traces/..%2F..%2Facme%2Ftraces%2F${trace}/events`, undefined],
    ['an index with a mark of direction', 'GET', () => `/v1/traces/${trace.slice(1)}%E2%80%AE/index`, undefined],
    ['bytes', 'GET', () => `/v1/traces/${trace}/content`, undefined],
    ['labels to change', 'PATCH', () => `/v1/traces/${trace}`, { labels: { kind: 'benign' } }],
    ['a trace to delete', 'DELETE', () => `/v1/traces/${trace}`, undefined],
    ['a recording', 'GET', () => `/v1/recordings/${recording}`, undefined],
    ['a recording to send to', 'POST', () => `/v1/recordings/${recording}/segments`, { sequence: 2, ...ABOUT }],
    ['a recording to close', 'POST', () => `/v1/recordings/${recording}/close`, { segments: 1, lost: [1] }],
    ['an upload of a segment', 'GET', () => `/v1/uploads/${upload}`, undefined],
    ['addresses of a segment', 'POST', () => `/v1/uploads/${upload}/parts`, { parts: [1] }],
    ['a segment to complete', 'POST', () => `/v1/uploads/${upload}/complete`, undefined],
  ])('is not there for another: %s', async (_, method, path, body) => {
    const { status, json } = await ask(theirs, method, path(), body);
    expect([status, json['code']]).toEqual([404, expect.stringMatching(/^UNKNOWN_(TRACE|RECORDING|UPLOAD)$/)]);
  });

  it('is in no list of another, whatever he filters by, and not in what he uses', async () => {
    const places = [`1767603600000-${trace}`, '0000000000000-00000000000000000000000000000000'];
    for (const query of ['', '?label=kind', '?name=*', '?state=indexed', ...places.map((after) => `?after=${after}`)]) {
      expect((await ask(theirs, 'GET', `/v1/traces${query}`)).json).toEqual({ traces: [] });
    }
    for (const after of ['../acme', `..%2F${trace}`, '1767603600000-../../acme/x']) {
      expect((await ask(theirs, 'GET', `/v1/traces?after=${after}`)).status).toBe(422);
    }
    expect((await ask(theirs, 'GET', '/v1/policy')).json).toEqual({ version: 0, usage: { traces: 0, bytes: 0 } });
  });

  it('stays his when another begins a recording by the same key', async () => {
    const begun = await ask(theirs, 'POST', '/v1/recordings', { key: 'a', name: 'b', encoding: 'scap' });
    expect(begun).toMatchObject({ status: 201, json: { name: 'b', segments: [] } });
    const kept = await ask(theirs, 'POST', `/v1/recordings/${recording}/segments`, { sequence: 1, ...ABOUT });
    expect(kept.status).toBe(201);
    expect((await ask(ours, 'GET', `/v1/recordings/${recording}`)).json).toMatchObject({ name: 'a', segments: [] });
    expect((await ask(ours, 'GET', `/v1/uploads/${upload}`)).json).toMatchObject({ arrived: [] });
  });

  it('is not what his policy of another sets', async () => {
    expect((await ask(theirs, 'PUT', '/v1/policy', { quotaTraces: 1, maxAgeDays: 1 })).status).toBe(200);
    expect((await ask(ours, 'GET', '/v1/policy')).json).toMatchObject({ version: 0 });
  });

  it.each<[Scope, number[]]>([
    // A recorder's token is for the recordings that it began itself.
    ['agent', [403, 403, 403, 403, 403, 403, 403, 403]],
    ['read', [200, 200, 200, 403, 200, 403, 403, 403]],
    ['write', [200, 200, 200, 200, 200, 403, 200, 409]],
    ['admin', [200, 200, 200, 200, 200, 200, 200, 409]],
  ])('lets the scope %s do what it may', async (scope, expected) => {
    const token = await tokenFor('acme', scope);
    const path = `/v1/traces/${trace}`;
    const statuses = [
      (await ask(token, 'GET', '/v1/traces')).status,
      (await ask(token, 'GET', `${path}/index`)).status,
      (await ask(token, 'GET', `${path}/events`)).status,
      (await ask(token, 'PATCH', path, { labels: { a: 'b' } })).status,
      (await ask(token, 'GET', '/v1/policy')).status,
      (await ask(token, 'PUT', '/v1/policy', {})).status,
      (await ask(token, 'GET', `/v1/recordings/${recording}`)).status,
      (await ask(token, 'POST', `/v1/recordings/${recording}/close`, { segments: 1 })).status,
    ];
    expect(statuses).toEqual(expected);
  });
});

function capture(): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  simulate(new Source('story', STORY), 'scap', (bytes) => void chunks.push(bytes));
  return new Uint8Array(Buffer.concat(chunks));
}
