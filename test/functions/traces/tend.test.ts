import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Source } from '../../../engine/model/source.ts';
import { simulate } from '../../../engine/simulate.ts';
import { LOCAL_ACCESS } from '../../../functions/http/access/local-access.ts';
import { createApp } from '../../../functions/http/app.ts';
import type { Suite } from '../../../functions/runs/suite.ts';
import { Catalogue, entryOf, type CatalogueEntry } from '../../../functions/store/catalogue.ts';
import { startEmbeddedS3, type EmbeddedS3 } from '../../../functions/store/embedded-s3.ts';
import { KEYS } from '../../../functions/store/keys.ts';
import { ObjectStore } from '../../../functions/store/object-store.ts';
import { policyOf } from '../../../functions/store/policy.ts';
import { RecordingStore } from '../../../functions/store/recording-store.ts';
import { ABANDONED_AFTER_MS, sweep } from '../../../functions/store/sweep.ts';
import type { TraceManifest } from '../../../functions/store/trace-manifest.ts';
import { TraceStore } from '../../../functions/store/trace-store.ts';
import { VersionChain } from '../../../functions/store/version-chain.ts';
import { InProcessIndexing } from '../../../functions/traces/in-process.ts';
import { TraceIndexer, type IndexTask } from '../../../functions/traces/indexer.ts';
import { remindedRarely } from '../../../functions/traces/reminders.ts';
import { tendTraces } from '../../../functions/traces/tend.ts';
import { readSegment } from '../../../functions/worker-indexing.ts';

const DAY = 24 * 3_600_000;
const NOW = Date.parse('2026-03-01T00:00:00Z');
const STORY = 'story: A shell\nactors:\n  init: /sbin/init\nsteps:\n  - init runs: sh -c id\n';

describe('what is known of traces', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-tend-'));
  let embedded: EmbeddedS3;
  let objects: ObjectStore;
  let bytes: Uint8Array<ArrayBuffer>;

  beforeAll(async () => {
    embedded = await startEmbeddedS3(directory);
    objects = new ObjectStore(embedded.settings);
    const chunks: Uint8Array[] = [];
    simulate(new Source('story', STORY), 'scap', (chunk) => void chunks.push(chunk));
    bytes = new Uint8Array(Buffer.concat(chunks));
  });
  afterAll(async () => {
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  async function keep(tenant: string, name: string, age = 0): Promise<TraceManifest> {
    const createdAt = new Date(NOW - age).toISOString();
    const stored = await new TraceStore(objects, tenant).create({ name, chunks: only(bytes), createdAt });
    if ('refused' in stored) throw new Error(stored.refused.message);
    await new Catalogue(objects, tenant).add(entryOf(stored.manifest, {}));
    return stored.manifest;
  }

  async function entries(tenant: string): Promise<CatalogueEntry[]> {
    const all: CatalogueEntry[] = [];
    for await (const one of new Catalogue(objects, tenant).entries('oldest', undefined, NOW)) all.push(one);
    return all;
  }

  const names = async (tenant: string): Promise<string[]> => (await entries(tenant)).map(({ name }) => name);

  async function tend(): Promise<void> {
    const indexing = new InProcessIndexing(objects, () => NOW);
    await tendTraces(objects, indexing.dispatch, NOW);
    await indexing.settled();
  }

  it('is put right by whoever comes after a process that ended in the middle', async () => {
    const [unlisted, unread] = [await keep('torn', 'unlisted'), await keep('torn', 'unread')];
    await new Catalogue(objects, 'torn').remove(unlisted);
    const gone = await keep('torn', 'gone');
    await objects.delete(KEYS.manifest('torn', gone.id));
    const empty = { ...gone, id: '0'.repeat(32), name: 'never there' };
    await new Catalogue(objects, 'torn').add(entryOf(empty, {}));
    await tend();
    expect(await names('torn')).toEqual(expect.arrayContaining([unlisted.name, unread.name]));
    expect((await entries('torn')).map(({ state }) => state)).toEqual(['indexed', 'indexed']);
  });

  it('is read once, however often it is handed over, and by whomever', async () => {
    const { id } = await keep('once', 'a');
    const tasks = await new TraceIndexer(objects, 'once', () => NOW).missing(
      (await new TraceStore(objects, 'once').find(id)) as TraceManifest,
    );
    expect(tasks).toEqual([{ tenant: 'once', trace: id, segment: 1 }]);
    const run = async (): Promise<void> => new TraceIndexer(objects, 'once', () => NOW).run(tasks[0] as IndexTask);
    await Promise.all([run(), run(), run()]);
    const index = await new TraceIndexer(objects, 'once', () => NOW).index(id);
    expect((await entries('once'))[0]).toMatchObject({ state: 'indexed', summary: { events: index?.events } });
  });

  it('is made of facts that were kept when the process ended before the index', async () => {
    const manifest = await keep('facts', 'a');
    const indexer = new TraceIndexer(objects, 'facts', () => NOW);
    await indexer.run({ trace: manifest.id, segment: 1 });
    await objects.delete(KEYS.index('facts', manifest.id));
    expect(await indexer.missing(manifest)).toEqual([]);
    expect(await indexer.index(manifest.id)).toMatchObject({ id: manifest.id });
  });

  it('does not come back for a trace that was deleted while it was read', async () => {
    const manifest = await keep('raced', 'a');
    await new TraceStore(objects, 'raced').delete(manifest.id);
    await new TraceIndexer(objects, 'raced', () => NOW).run({ trace: manifest.id, segment: 1 });
    await tend();
    expect(await entries('raced')).toEqual([]);
  });

  it('stops to be read after a while, and says so', async () => {
    const manifest = await keep('slow', 'a');
    let now = NOW;
    await new TraceIndexer(objects, 'slow', () => (now += 3_600_000)).run({ trace: manifest.id, segment: 1 });
    const index = await new TraceIndexer(objects, 'slow', () => NOW).index(manifest.id);
    expect(index?.diagnostics).toEqual([expect.objectContaining({ code: 'TRACE_LIMIT' })]);
    expect(index?.gaps).toEqual([expect.objectContaining({ reason: 'cut' })]);
  });

  it('is given up where whoever reads it ends without a word, and says so', async () => {
    const manifest = await keep('heavy', 'a');
    const seen: string[] = [];
    const handOver = async (attempts: number): Promise<void> =>
      readSegment(
        {
          body: { tenant: 'heavy', trace: manifest.id, segment: 1 },
          attempts,
          ack: () => void seen.push(`${attempts} ack`),
          retry: () => void seen.push(`${attempts} retry`),
        },
        objects,
      );
    await handOver(3);
    expect(seen).toEqual(['3 ack']);
    expect(await entries('heavy')).toMatchObject([
      { state: 'unreadable', reason: 'reading it took more memory or time than a worker has' },
    ]);
  });

  it('hands what was handed over a moment ago over again only after a while', async () => {
    let now = 0;
    const handed: number[] = [];
    const dispatch = remindedRarely(
      async (tasks) => void handed.push(tasks.length),
      () => now,
    );
    const task = { tenant: 'a', trace: 'b', segment: 1 };
    for (const time of [0, 1_000, 59_999, 60_000]) {
      now = time;
      await dispatch([task, { ...task, segment: 2 }]);
    }
    expect(handed).toEqual([2, 2]);
  });

  describe('retention', () => {
    it('deletes what is too old, but for what a suite names, and keeps that in the audit log', async () => {
      const old = await keep('aged', 'old', 40 * DAY);
      const named = await keep('aged', 'named', 50 * DAY);
      await keep('aged', 'young', 5 * DAY);
      const suite: Suite = { format: 1, files: [], traces: { 'a.scap': named.id } };
      await new VersionChain<Suite>(objects, KEYS.suite('aged', 'all')).append(suite);
      await sweep(objects, NOW);
      expect(await names('aged')).toEqual(['named', 'old', 'young']);
      await policyOf(objects, 'aged').append({ maxAgeDays: 30 });
      await sweep(objects, NOW);
      expect(await names('aged')).toEqual(['named', 'young']);
      expect(await new TraceStore(objects, 'aged').find(old.id)).toBeUndefined();
      const audited: unknown[] = [];
      for await (const { key } of objects.list('t/aged/audit/'))
        audited.push(JSON.parse((await objects.readText(key)) ?? ''));
      expect(audited).toEqual([expect.objectContaining({ action: 'trace.expire', object: old.id })]);
      await new VersionChain<Suite>(objects, KEYS.suite('aged', 'all')).append({ ...suite, traces: {} });
      await sweep(objects, NOW);
      expect(await names('aged')).toEqual(['young']);
    });

    it('deletes the oldest until the others fit, and nothing of another tenant', async () => {
      for (const [n, name] of ['first', 'second', 'third'].entries()) await keep('large', name, (3 - n) * DAY);
      await keep('larger', 'first', 3 * DAY);
      await policyOf(objects, 'large').append({ maxBytes: bytes.length * 2 });
      await sweep(objects, NOW);
      expect(await names('large')).toEqual(['second', 'third']);
      expect(await names('larger')).toEqual(['first']);
    });

    it('closes a recording of which nothing came for long, with all that is there', async () => {
      const recordings = new RecordingStore(objects, 'left');
      const createdAt = new Date(NOW).toISOString();
      const { recording } = await recordings.begin('a', { name: 'left', encoding: 'scap', labels: {}, createdAt });
      await new Catalogue(objects, 'left').add(
        entryOf((await new TraceStore(objects, 'left').find(recording.id)) as TraceManifest, { kind: 'benign' }),
      );
      await objects.create('t/left/uploads/x', bytes, 'text/plain');
      const { createHash } = await import('node:crypto');
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const told = { kernel: '6.1' };
      await recordings.adopt(['t/left/uploads/x'], {
        told,
        recording: recording.id,
        sequence: 2,
        size: bytes.length,
        sha256,
      });
      await sweep(objects, Date.now());
      expect(await recordings.isClosed(recording.id)).toBe(false);
      await sweep(objects, Date.now() + ABANDONED_AFTER_MS + DAY);
      await tend();
      expect(await objects.readText(KEYS.manifest('left', recording.id))).not.toContain('kernel');
      expect((await recordings.segment(recording.id, 2))?.told).toEqual(told);
      expect(await entries('left')).toMatchObject([
        { state: 'indexed', size: bytes.length, labels: { kind: 'benign' }, summary: { gaps: 1 } },
      ]);
    });
  });

  describe('a quota', () => {
    const service = (quota: { bytes: number; traces: number }): ReturnType<typeof createApp> =>
      createApp({
        access: {
          ...LOCAL_ACCESS,
          admit: async () => ({ tenant: `quota-${quota.bytes}`, scopes: ['admin'], token: 'a' }),
        },
        site: { file: async () => undefined },
        dispatch: async () => {},
        openStore: () => objects,
        now: () => NOW,
        quota,
      });
    const ask = async (app: ReturnType<typeof createApp>, method: string, path: string, body?: unknown) => {
      const init =
        body instanceof Uint8Array
          ? { body: body as Uint8Array<ArrayBuffer>, headers: { 'content-length': String(body.length) } }
          : body === undefined
            ? {}
            : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      const answer = await app.fetch(new Request(`http://127.0.0.1:8787${path}`, { method, ...init }));
      return { status: answer.status, retry: answer.headers.get('retry-after'), json: (await answer.json()) as object };
    };

    it('of traces refuses the next one, until one is deleted', async () => {
      const app = service({ bytes: 10 ** 9, traces: 2 });
      const first = await ask(app, 'POST', '/v1/traces?name=1', bytes);
      expect((await ask(app, 'POST', '/v1/traces?name=2', bytes)).status).toBe(201);
      const third = await ask(app, 'POST', '/v1/traces?name=3', bytes);
      expect(third).toMatchObject({ status: 429, retry: '3600', json: { code: 'QUOTA_TRACES' } });
      const begun = await ask(app, 'POST', '/v1/recordings', { key: 'a', name: 'a' });
      expect(begun).toMatchObject({ status: 429, json: { code: 'QUOTA_TRACES' } });
      await ask(app, 'DELETE', `/v1/traces/${(first.json as { id: string }).id}`);
      expect((await ask(app, 'POST', '/v1/traces?name=3', bytes)).status).toBe(201);
    });

    it('of bytes refuses an upload and a segment before they are sent', async () => {
      const app = service({ bytes: 1_000, traces: 10 });
      const about = { size: 1_001, sha256: 'a'.repeat(64) };
      expect(await ask(app, 'POST', '/v1/uploads', about)).toMatchObject({
        status: 413,
        json: { code: 'QUOTA_BYTES' },
      });
      const { json } = await ask(app, 'POST', '/v1/recordings', { key: 'a', name: 'a' });
      const path = `/v1/recordings/${(json as { id: string }).id}/segments`;
      const refused = await ask(app, 'POST', path, { sequence: 1, ...about });
      expect(refused).toMatchObject({ status: 413, json: { code: 'QUOTA_BYTES' } });
      expect((await ask(app, 'PUT', '/v1/policy', { quotaBytes: 10_000 })).json).toMatchObject({ version: 1 });
      expect((await ask(app, 'POST', path, { sequence: 1, ...about })).status).toBe(201);
    });
  });
});

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
