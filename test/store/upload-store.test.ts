import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedS3, type EmbeddedS3 } from '../../functions/store/embedded-s3.ts';
import { ObjectStore } from '../../functions/store/object-store.ts';
import { TraceStore } from '../../functions/store/trace-store.ts';
import { UploadStore, type UploadRecord } from '../../functions/store/upload-store.ts';

const BYTES = new TextEncoder().encode(`{"section":1}\n${'\n'.repeat(2_000)}`);
const NOW = '2026-01-02T03:04:05.000Z';

/** A store that dies at its nth change: nothing of that one is done, and nothing after it. */
class DyingStore extends ObjectStore {
  left = Infinity;

  override async create(...words: Parameters<ObjectStore['create']>): Promise<boolean> {
    this.#step();
    return super.create(...words);
  }

  override async copy(...words: Parameters<ObjectStore['copy']>): Promise<void> {
    this.#step();
    return super.copy(...words);
  }

  override async delete(...words: Parameters<ObjectStore['delete']>): Promise<void> {
    this.#step();
    return super.delete(...words);
  }

  #step(): void {
    if (this.left-- <= 0) throw new Error('killed');
  }
}

describe('an upload whose completion is killed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-uploads-'));
  let embedded: EmbeddedS3;
  beforeAll(async () => void (embedded = await startEmbeddedS3(directory)));
  afterAll(async () => {
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  // Two copies, the manifest, two parts: killed at each of them.
  it.each([0, 1, 2, 3, 4])('after %i changes gives the trace, once, when it is completed again', async (changes) => {
    const objects = new DyingStore(embedded.settings);
    const traces = new TraceStore(objects, `killed-${changes}`);
    const uploads = new UploadStore(objects, `killed-${changes}`, traces);
    const sha256 = createHash('sha256').update(BYTES).digest('hex');
    const upload = await uploads.create({ name: 'a', size: BYTES.length, sha256, createdAt: NOW });
    await send(uploads, upload, [BYTES.slice(0, 1_000), BYTES.slice(1_000)]);

    objects.left = changes;
    await expect(uploads.complete(upload, 2)).rejects.toThrow('killed');
    objects.left = Infinity;
    const done = await uploads.complete(upload, 2);

    expect(done).toMatchObject({ manifest: { sha256, size: BYTES.length } });
    const manifests: string[] = [];
    for await (const { key } of objects.list(`t/killed-${changes}/traces/`)) {
      if (key.endsWith('/manifest.json')) manifests.push(key);
    }
    expect(manifests).toHaveLength(1);
    const found = await traces.findSame(upload);
    const parts: Uint8Array[] = [];
    if (found !== undefined) for await (const chunk of traces.read(found)) parts.push(chunk);
    expect(Buffer.concat(parts)).toEqual(Buffer.from(BYTES));
    expect(await uploads.traceOf(upload)).toBe(found?.id);
    expect(await uploads.arrived(upload)).toEqual([]);
  });
});

async function send(uploads: UploadStore, upload: UploadRecord, parts: readonly Uint8Array<ArrayBuffer>[]) {
  const addresses = await uploads.addresses(
    upload,
    parts.map((_, i) => i + 1),
  );
  for (const [i, address] of addresses.entries()) {
    const { status } = await fetch(address, { method: 'PUT', body: parts[i] as Uint8Array<ArrayBuffer> });
    expect(status).toBe(200);
  }
}
