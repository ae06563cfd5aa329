import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IDEMPOTENCY_MS } from '../../engine/model/limits.ts';
import { startEmbeddedS3, type EmbeddedS3 } from '../../functions/store/embedded-s3.ts';
import { ObjectStore } from '../../functions/store/object-store.ts';
import { IdempotencyStore } from '../../functions/store/idempotency-store.ts';
import { ABANDONED_AFTER_MS, sweep } from '../../functions/store/sweep.ts';
import { TraceStore } from '../../functions/store/trace-store.ts';
import { UploadStore } from '../../functions/store/upload-store.ts';

const BYTES = new TextEncoder().encode('{"section":1}\n');
const NOW = '2026-01-02T03:04:05.000Z';

describe('the sweep', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-sweep-'));
  let embedded: EmbeddedS3;
  beforeAll(async () => void (embedded = await startEmbeddedS3(directory)));
  afterAll(async () => {
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('takes abandoned uploads and bytes without a manifest when they are old, and nothing else', async () => {
    const objects = new ObjectStore(embedded.settings);
    const traces = new TraceStore(objects, 'acme');
    const uploads = new UploadStore(objects, 'acme', traces);
    const kept = await traces.create({ name: 'kept', chunks: only(BYTES), createdAt: NOW });
    const sha256 = createHash('sha256').update(BYTES).digest('hex');
    const upload = await uploads.create({ name: 'left', size: BYTES.length, sha256, createdAt: NOW });
    const [address] = await uploads.addresses(upload, [1]);
    await fetch(address as string, { method: 'PUT', body: BYTES });
    await objects.create('t/acme/traces/00000000000000000000000000000000/segments/0.jsonl', BYTES, 'text/plain');
    const all = async (): Promise<string[]> => {
      const keys: string[] = [];
      for await (const { key } of objects.list('t/')) keys.push(key);
      return keys;
    };
    const before = await all();

    expect(await sweep(objects, Date.now())).toBe(0);
    expect(await all()).toEqual(before);
    expect(await sweep(objects, Date.now() + ABANDONED_AFTER_MS + 60_000)).toBe(3);
    const id = 'manifest' in kept ? kept.manifest.id : '';
    expect(await all()).toEqual([`t/acme/traces/${id}/manifest.json`, `t/acme/traces/${id}/segments/0.jsonl`]);
  });

  it('takes answers that are kept for a day, after that day', async () => {
    const objects = new ObjectStore(embedded.settings);
    const store = new IdempotencyStore(objects, 'daily');
    const now = Date.now();
    const kept = { request: 'r', status: 200, headers: {}, body: '{}', createdAt: new Date(now).toISOString() };
    await store.keep('../../key', kept);
    await sweep(objects, now);
    expect(await store.find('../../key', now)).toEqual(kept);
    await sweep(objects, now + IDEMPOTENCY_MS + 60_000);
    const left: string[] = [];
    for await (const { key } of objects.list('t/daily/')) left.push(key);
    expect(left).toEqual([]);
  });

  it('takes part in nothing that is asked for after its day, swept or not', async () => {
    const store = new IdempotencyStore(new ObjectStore(embedded.settings), 'late');
    const kept = { request: 'r', status: 200, headers: {}, body: '{}', createdAt: NOW };
    await store.keep('key', kept);
    const day = Date.parse(NOW) + IDEMPOTENCY_MS;
    expect(await store.find('key', day - 1)).toEqual(kept);
    expect(await store.find('key', day)).toBeUndefined();
    const later = { ...kept, body: '{"later":true}' };
    expect(await store.keep('key', later)).toEqual(later);
  });
});

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
