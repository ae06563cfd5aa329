import { Catalogue, entryOf } from '../store/catalogue.ts';
import { folders } from '../store/folders.ts';
import { KEYS } from '../store/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { RecordingStore } from '../store/recording-store.ts';
import { TraceStore } from '../store/trace-store.ts';
import { TraceIndexer, type DispatchIndexing } from './indexer.ts';

/**
 * Puts right what a process that ended in the middle left undone, of all tenants: traces without an entry in the
 * catalogue, entries without a trace, recordings that were closed without a word to it, segments that nobody read, and
 * digests that nobody finds any more.
 *
 * @param now milliseconds since the epoch
 */
export async function tendTraces(objects: ObjectStore, dispatch: DispatchIndexing, now: number): Promise<void> {
  for await (const tenant of folders(objects, KEYS.tenants)) await tendTenant(objects, tenant, dispatch, now);
}

async function tendTenant(
  objects: ObjectStore,
  tenant: string,
  dispatch: DispatchIndexing,
  now: number,
): Promise<void> {
  const catalogue = new Catalogue(objects, tenant);
  const traces = new TraceStore(objects, tenant);
  const indexer = new TraceIndexer(objects, tenant, () => now);
  const known = new Set<string>();
  for await (const entry of catalogue.entries('oldest', undefined, now)) {
    known.add(entry.id);
    if (entry.state !== 'open' && entry.state !== 'pending') continue;
    const manifest = await traces.find(entry.id);
    if (manifest === undefined) await catalogue.remove(entry);
    else if (manifest.recording?.open !== true) {
      if (entry.state === 'open') await catalogue.change(entry, () => entryOf(manifest, entry.labels));
      await dispatch(await indexer.missing(manifest));
    }
  }
  for await (const id of folders(objects, KEYS.traces(tenant))) {
    if (known.delete(id)) continue;
    const manifest = await traces.find(id);
    if (manifest === undefined) continue;
    const recording = await new RecordingStore(objects, tenant).find(id);
    await catalogue.add(entryOf(manifest, recording?.labels ?? {}));
    await dispatch(await indexer.missing(manifest));
  }
  // What is left has an entry and no folder: its trace is gone.
  if (known.size > 0) {
    for await (const entry of catalogue.entries('oldest', undefined, now)) {
      if (known.has(entry.id)) await catalogue.remove(entry);
    }
  }
  await dropDigests(objects, tenant, catalogue);
}

async function dropDigests(objects: ObjectStore, tenant: string, catalogue: Catalogue): Promise<void> {
  for await (const day of folders(objects, KEYS.digests(tenant))) {
    const found = new Set((await catalogue.groups(day)).map((group) => catalogue.digestKey(day, group)));
    for await (const { key } of objects.list(`${KEYS.digests(tenant)}${day}/`)) {
      if (!found.has(key)) await objects.delete(key);
    }
  }
}
