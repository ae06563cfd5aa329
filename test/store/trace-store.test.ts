import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedS3, type EmbeddedS3 } from '../../functions/store/embedded-s3.ts';
import { ObjectStore } from '../../functions/store/object-store.ts';
import type { TraceManifest } from '../../functions/store/trace-manifest.ts';
import { TraceStore, type StoredTrace } from '../../functions/store/trace-store.ts';

const LINE = new TextEncoder().encode('{"section":1}\n');
const NOW = '2026-01-02T03:04:05.000Z';

describe('the store of traces', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-traces-'));
  let embedded: EmbeddedS3;
  let traces: TraceStore;
  beforeAll(async () => {
    embedded = await startEmbeddedS3(directory);
    traces = new TraceStore(new ObjectStore(embedded.settings), 'test');
  });
  afterAll(async () => {
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it.each([
    ['jsonl', LINE],
    ['jsonl.gz', gzipSync(LINE)],
    ['jsonl', lines(6 * 1024 * 1024)],
    ['jsonl', lines(20 * 1024 * 1024)],
  ])('keeps the bytes of a trace (%s) as they are, with their hash and size', async (encoding, bytes) => {
    const { manifest, created } = await put(`a-${bytes.length}`, bytes);
    expect(created).toBe(true);
    expect(manifest).toMatchObject({ encoding, size: bytes.length, createdAt: NOW, sha256: sha256(bytes) });
    expect(sha256(await readBack(manifest))).toBe(manifest.sha256);
    expect(await traces.find(manifest.id)).toEqual(manifest);
  });

  it('gives the same trace for the same name and bytes, with what was told first', async () => {
    const first = await put('twice', LINE, '2026-01-01T00:00:00.000Z');
    const again = await put('twice', LINE, NOW);
    expect(again).toEqual({ manifest: first.manifest, created: false });
  });

  it('tells traces of another name apart, even with the same bytes', async () => {
    const ids = [await put('one', LINE), await put('other', LINE)].map(({ manifest }) => manifest.id);
    expect(new Set(ids).size).toBe(2);
  });

  it('keeps nothing of what is no trace', async () => {
    const before = await count();
    for (const bytes of ['', 'just a text', '\x1f\x8b', '{"rule":"an alert"}\n', '\n\r\r\n\x08\0\0\0']) {
      const stored = await traces.create({ name: 'x', chunks: only(new TextEncoder().encode(bytes)), createdAt: NOW });
      expect(stored).toHaveProperty('refused.severity', 'error');
    }
    expect(await count()).toBe(before);
  });

  it('does not show a trace whose sender went away', async () => {
    const before = await count();
    const creating = traces.create({ name: 'broken', chunks: breaking(), createdAt: NOW });
    await expect(creating).rejects.toThrow('the sender went away');
    expect(await count()).toBe(before);
  });

  it('hides the traces of one tenant from another', async () => {
    const { manifest } = await put('mine', LINE);
    const stranger = new TraceStore(new ObjectStore(embedded.settings), 'stranger');
    expect(await stranger.find(manifest.id)).toBeUndefined();
  });

  /** Manifests: what makes a trace exist. */
  async function count(): Promise<number> {
    let manifests = 0;
    for await (const { key } of new ObjectStore(embedded.settings).list('t/test/traces/')) {
      if (key.endsWith('/manifest.json')) manifests++;
    }
    return manifests;
  }

  async function put(name: string, bytes: Uint8Array, createdAt = NOW): Promise<StoredTrace> {
    const stored = await traces.create({ name, chunks: only(bytes), createdAt });
    if ('refused' in stored) throw new Error(stored.refused.message);
    return stored;
  }

  async function readBack(manifest: TraceManifest): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of traces.read(manifest)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
});

function lines(bytes: number): Uint8Array {
  return Buffer.alloc(bytes, LINE);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

async function* breaking(): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < 900; i++) yield lines(14 * 1024);
  throw new Error('the sender went away');
}
