import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Source } from '../../../engine/model/source.ts';
import { simulate } from '../../../engine/simulate.ts';
import { FIRST_RULES } from '../../../functions/greeting.ts';
import { accessOf } from '../../../functions/http/access/access.ts';
import { createApp } from '../../../functions/http/app.ts';
import type { Settings } from '../../../functions/http/settings.ts';
import type { ShardTask } from '../../../functions/runs/runs.ts';
import { WebhookStore } from '../../../functions/runs/webhook-store.ts';
import { startEmbeddedS3, type EmbeddedS3 } from '../../../functions/store/embedded-s3.ts';
import { ObjectStore } from '../../../functions/store/object-store.ts';
import type { Scope } from '../../../functions/store/scope.ts';
import { TokenStore } from '../../../functions/store/token-store.ts';
import type { TraceManifest } from '../../../functions/store/trace-manifest.ts';
import { TraceStore } from '../../../functions/store/trace-store.ts';
import { TraceIndexer } from '../../../functions/traces/indexer.ts';

const NOW = '2026-01-05T09:00:00.000Z';
const STORY = 'story: A shell\nactors:\n  init: /sbin/init\nsteps:\n  - init runs: sh -c id\n';
const RULES = [{ name: 'rules.yaml', text: FIRST_RULES }];

describe('a request that is too large to be answered at once', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-deferral-'));
  const handed: ShardTask[] = [];
  let embedded: EmbeddedS3;
  let objects: ObjectStore;
  let settings: Settings;
  let app: ReturnType<typeof createApp>;
  let bytes: Uint8Array<ArrayBuffer>;
  let trace: string;

  beforeAll(async () => {
    embedded = await startEmbeddedS3(directory);
    objects = new ObjectStore(embedded.settings);
    const chunks: Uint8Array[] = [];
    simulate(new Source('story', STORY), 'scap', (chunk) => void chunks.push(chunk.slice()));
    bytes = new Uint8Array(Buffer.concat(chunks));
    settings = {
      access: accessOf('tokens', () => Date.parse(NOW)),
      site: { file: async () => undefined },
      dispatch: async (tasks) => void handed.push(...tasks),
      openStore: () => objects,
      now: () => Date.parse(NOW),
    };
    app = createApp({ ...settings, traceBudget: bytes.length - 1 });
    const stored = await new TraceStore(objects, 'acme').create({ name: 'a', chunks: only(bytes), createdAt: NOW });
    trace = 'manifest' in stored ? stored.manifest.id : '';
  });
  afterAll(async () => {
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  async function ask(
    scope: Scope,
    path: string,
    body: object | FormData,
    more: HeadersInit = {},
    at = app,
  ): Promise<Response> {
    const about = { name: 'test', tenant: 'acme', scopes: [scope], createdAt: NOW };
    const { token } = await new TokenStore(objects).create(about);
    const headers = new Headers({ ...more, authorization: `Bearer ${token}` });
    const isForm = body instanceof FormData;
    if (!isForm) headers.set('content-type', 'application/json');
    const sent = isForm ? body : JSON.stringify(body);
    return at.fetch(new Request(`https://creance.example${path}`, { method: 'POST', headers, body: sent }));
  }

  it.each([
    ['/v1/detect', { rules: RULES }],
    ['/v1/explain', { rules: RULES, rule: 'Shell Spawned in Container' }],
    ['/v1/filter', { condition: 'evt.num > 0' }],
    ['/v1/diff', { from: RULES, to: RULES }],
  ])('becomes a run, also for one who may only read: %s', async (path, body) => {
    handed.length = 0;
    const answer = await ask('read', path, { ...body, trace });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('preference-applied')).toBeNull();
    const { id, state } = (await answer.json()) as { id: string; state: string };
    expect({ location: answer.headers.get('location'), state }).toEqual({
      location: `/v1/runs/${id}`,
      state: 'running',
    });
    expect(handed).toEqual([{ tenant: 'acme', run: id, shard: 0 }]);
  });

  it('is one over a trace of many events too, once its index is there', async () => {
    const manifest = (await new TraceStore(objects, 'acme').find(trace)) as TraceManifest;
    const small = createApp({ ...settings, traceBudget: bytes.length, eventBudget: 10 });
    const body = { rules: RULES, trace };
    expect((await ask('read', '/v1/detect', body, {}, small)).status).toBe(200);
    const indexer = new TraceIndexer(objects, 'acme', settings.now);
    for (const task of await indexer.missing(manifest)) await indexer.run(task);
    expect((await ask('read', '/v1/detect', body, {}, small)).status).toBe(202);
    expect(
      (await ask('read', '/v1/detect', body, {}, createApp({ ...settings, traceBudget: bytes.length }))).status,
    ).toBe(200);
  });

  it('is the same run when it is asked for again', async () => {
    const ids = await Promise.all(
      [1, 2].map(
        async () => ((await (await ask('read', '/v1/detect', { rules: RULES, trace })).json()) as { id: string }).id,
      ),
    );
    expect(ids[0]).toBe(ids[1]);
  });

  it('is refused at once where its rules are, and says what else is wrong', async () => {
    const bad = await ask('read', '/v1/detect', { rules: ['- rule: x'], trace });
    expect(await bad.json()).toMatchObject({ code: 'RULES_REFUSED' });
    const unknown = await ask('read', '/v1/detect', { rules: RULES, trace: '0'.repeat(32) });
    expect(await unknown.json()).toMatchObject({ code: 'UNKNOWN_TRACE' });
  });

  it('keeps its capture only for one who may write; others are answered at once', async () => {
    const form = (): FormData => {
      const members = new FormData();
      members.append('rules', new File([FIRST_RULES], 'rules.yaml'));
      members.append('trace', new File([bytes], 'a.scap'));
      return members;
    };
    const prefer = { prefer: 'respond-async' };
    expect((await ask('read', '/v1/detect', form(), prefer)).status).toBe(200);
    expect((await ask('write', '/v1/detect', form(), prefer)).status).toBe(202);
    expect((await ask('agent', '/v1/detect', form(), prefer)).status).toBe(403);
  });

  it('tells a webhook only for one who may write', async () => {
    const webhook = { url: 'https://hooks.example.com/', format: 'falco' } as const;
    await new WebhookStore(objects, 'acme').put('hook', webhook);
    const body = { rules: RULES, scenario: { text: STORY } };
    expect((await ask('read', '/v1/detect?deliver=hook', body)).status).toBe(403);
    expect((await ask('write', '/v1/detect?deliver=hook', body)).status).toBe(202);
    const unknown = await ask('write', '/v1/detect?deliver=nobody', body);
    expect(await unknown.json()).toMatchObject({ code: 'UNKNOWN_WEBHOOK' });
  });

  it('shows nothing of runs, webhooks and keys to another tenant', async () => {
    const tokens = await Promise.all(
      ['ours', 'theirs'].map((tenant) =>
        new TokenStore(objects).create({ name: 'test', tenant, scopes: ['write'], createdAt: NOW }),
      ),
    );
    const [ours = '', theirs = ''] = tokens.map(({ token }) => token);
    const send = async (token: string, method: string, path: string, body?: object): Promise<[number, string]> => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': 'k' };
      const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      const answer = await app.fetch(new Request(`https://creance.example${path}`, init));
      return [answer.status, await answer.text()];
    };
    const webhook = { url: 'https://hooks.example.com/', format: 'falco' };
    expect((await send(ours, 'PUT', '/v1/webhooks/pager', webhook))[0]).toBe(200);
    const body = { rules: RULES, scenario: { text: STORY } };
    const [status, text] = await send(ours, 'POST', '/v1/detect?deliver=pager', body);
    expect(status).toBe(202);
    const { id } = JSON.parse(text) as { id: string };
    expect(await send(theirs, 'GET', '/v1/webhooks')).toEqual([200, '{"webhooks":[]}']);
    expect((await send(theirs, 'POST', '/v1/detect?deliver=pager', body))[0]).toBe(404);
    for (const path of [id, `${id}/answer`, `${id}/report`, `..%2F..%2Fours%2Fruns%2F${id}`]) {
      expect((await send(theirs, 'GET', `/v1/runs/${path}`))[0]).toBe(404);
    }
    for (const what of ['cancel', 'retry', 'accept']) {
      const [refused, told] = await send(theirs, 'POST', `/v1/runs/${id}/${what}`);
      expect([refused, JSON.parse(told)]).toMatchObject([404, { code: 'UNKNOWN_RUN' }]);
    }
    expect(await send(theirs, 'GET', '/v1/runs')).toEqual([200, '{"runs":[]}']);
    // The same key of two tenants is two keys.
    const other = { files: [{ name: 'a.yaml', text: '' }] };
    expect((await send(theirs, 'PUT', '/v1/suites/a', other))[0]).toBe(200);
  });

  it('keeps no webhook that leads into a private network', async () => {
    const about = { name: 'test', tenant: 'acme', scopes: ['write'], createdAt: NOW } as const;
    const { token } = await new TokenStore(objects).create(about);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ url: 'https://169.254.169.254/', secret: 'a secret of sixteen' });
    const request = new Request('https://creance.example/v1/webhooks/inside', { method: 'PUT', headers, body });
    const answer = await app.fetch(request);
    expect(answer.status).toBe(422);
    expect(await answer.text()).not.toContain('a secret of');
  });
});

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
