import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedS3, type EmbeddedS3 } from '../../functions/store/embedded-s3.ts';
import { ObjectStore, StoreUnavailable } from '../../functions/store/object-store.ts';
import type { S3Settings } from '../../functions/store/s3-settings.ts';
import { describeOtherS3 } from './other-s3.ts';

describe('an S3 store, embedded', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-store-'));
  let embedded: EmbeddedS3;
  beforeAll(async () => void (embedded = await startEmbeddedS3(directory)));
  afterAll(async () => {
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  keepsTheContract(() => embedded.settings);

  it('keeps objects when it is stopped and started again', async () => {
    await new ObjectStore(embedded.settings).create('restart/a', 'still here', 'text/plain');
    await embedded.stop();
    embedded = await startEmbeddedS3(directory);
    expect(await new ObjectStore(embedded.settings).readText('restart/a')).toBe('still here');
  });

  it('refuses who does not know its keys', async () => {
    const credentials = { accessKeyId: 'guess', secretAccessKey: 'guess' };
    const stranger = new ObjectStore({ ...embedded.settings, credentials });
    await expect(stranger.readText('restart/a')).rejects.toThrow(StoreUnavailable);
  });
});

describeOtherS3('an S3 store', (settings) => keepsTheContract(() => settings));

function keepsTheContract(settings: () => S3Settings): void {
  const prefix = `contract-${Math.random().toString(36).slice(2)}`;
  const store = (): ObjectStore => new ObjectStore(settings());

  it('gives back the bytes it was given', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31) & 0xff);
    expect(await store().create(`${prefix}/bytes`, bytes, 'application/octet-stream')).toBe(true);
    expect(await allOf(await store().read(`${prefix}/bytes`))).toEqual(bytes);
  });

  it('says of an object that is not there that it is not there', async () => {
    expect(await store().read(`${prefix}/absent`)).toBeUndefined();
    expect(await store().readText(`${prefix}/absent`)).toBeUndefined();
  });

  it('never overwrites an object', async () => {
    expect(await store().create(`${prefix}/once`, 'first', 'text/plain')).toBe(true);
    expect(await store().create(`${prefix}/once`, 'second', 'text/plain')).toBe(false);
    expect(await store().readText(`${prefix}/once`)).toBe('first');
  });

  it('lets exactly one of many win who create the same object', async () => {
    const tries = Array.from({ length: 8 }, (_, i) => store().create(`${prefix}/race`, `${i}`, 'text/plain'));
    const won = (await Promise.all(tries)).map((created, i) => (created ? i : -1)).filter((i) => i >= 0);
    expect(won).toHaveLength(1);
    expect(await store().readText(`${prefix}/race`)).toBe(String(won[0]));
  });

  it('takes a stream of unknown length, larger than one part', async () => {
    const chunk = new Uint8Array(1_000_003).fill(7);
    await store().upload(`${prefix}/large`, repeat(chunk, 18), 'application/octet-stream');
    const back = await allOf(await store().read(`${prefix}/large`));
    expect(back.length).toBe(chunk.length * 18);
    expect(back.every((byte) => byte === 7)).toBe(true);
  });

  it('leaves nothing of a stream that breaks', async () => {
    await expect(store().upload(`${prefix}/broken`, breaking(), 'text/plain')).rejects.toThrow('the sender went away');
    expect(await store().read(`${prefix}/broken`)).toBeUndefined();
  });

  it('copies and deletes', async () => {
    await store().create(`${prefix}/from`, 'moved', 'text/plain');
    await store().copy(`${prefix}/from`, `${prefix}/to`);
    await store().delete(`${prefix}/from`);
    await store().delete(`${prefix}/from`);
    expect(await store().read(`${prefix}/from`)).toBeUndefined();
    expect(await store().readText(`${prefix}/to`)).toBe('moved');
  });

  it('lists folders in order, page by page, each once', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await store().create(`${prefix}/list/${name}/one`, '1', 'text/plain');
      await store().create(`${prefix}/list/${name}/two`, '2', 'text/plain');
    }
    const pages: string[][] = [];
    for (let after: string | undefined; ; after = pages.at(-1)?.at(-1)) {
      const { folders, more } = await store().listFolders(`${prefix}/list/`, after, 2);
      pages.push([...folders]);
      if (!more) break;
    }
    expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('takes an object at an address that it signed, and at no other', async () => {
    const address = await store().addressToPut(`${prefix}/signed`, 60);
    expect((await fetch(address, { method: 'PUT', body: 'by anyone' })).status).toBe(200);
    expect(await store().readText(`${prefix}/signed`)).toBe('by anyone');
    const elsewhere = address.replace(`${prefix}/signed`, `${prefix}/else`);
    expect((await fetch(elsewhere, { method: 'PUT', body: 'by anyone' })).status).toBe(403);
    expect(await store().readText(`${prefix}/else`)).toBeUndefined();
    expect((await fetch(address)).status).toBe(403);
  });

  it('lists every object below a prefix, with its size, and none beside it', async () => {
    for (const name of ['all/b', 'all/a/1', 'allbut']) await store().create(`${prefix}/${name}`, name, 'text/plain');
    const found: [string, number][] = [];
    for await (const { key, size } of store().list(`${prefix}/all/`)) found.push([key.slice(prefix.length), size]);
    expect(found).toEqual([
      ['/all/a/1', 7],
      ['/all/b', 5],
    ]);
  });

  it('says that it is not reachable when it is not', async () => {
    const nowhere = new ObjectStore({ ...settings(), endpoint: 'http://127.0.0.1:9', region: 'auto' });
    await expect(nowhere.readText('x')).rejects.toThrow(StoreUnavailable);
  });
}

async function allOf(stream: ReadableStream<Uint8Array> | undefined): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream ?? null).arrayBuffer());
}

async function* repeat(chunk: Uint8Array, times: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < times; i++) yield chunk;
}

async function* breaking(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(9 * 1024 * 1024);
  throw new Error('the sender went away');
}
