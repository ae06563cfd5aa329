import { Catalogue, entryOf, type CatalogueEntry } from '../store/catalogue.ts';
import type { Labels } from '../store/labels.ts';
import type { TraceManifest } from '../store/trace-manifest.ts';
import { TraceIndexer } from '../traces/indexer.ts';
import { tenantOf, type Call } from './api.ts';

/** What lists show, of the traces that a request may see. */
export function catalogueOf(call: Call): Catalogue {
  return new Catalogue(call.get('store')(), tenantOf(call));
}

/** The indexes of the traces that a request may see. */
export function indexerOf(call: Call): TraceIndexer {
  return new TraceIndexer(call.get('store')(), tenantOf(call), call.get('settings').now);
}

/** Puts a trace that is kept into the catalogue, and hands it to whoever reads it; answers it as answers show it. */
export async function registered(call: Call, manifest: TraceManifest, labels: Labels): Promise<object> {
  const { value } = await catalogueOf(call).add(entryOf(manifest, labels));
  await readOn(call, manifest, value);
  return shownTrace(manifest, value);
}

/** A trace as answers show it, with what is known of it by now. What was not read yet is handed over again. */
export async function presentTrace(call: Call, manifest: TraceManifest): Promise<object> {
  const entry = await catalogueOf(call).find(manifest);
  if (entry === undefined) return registered(call, manifest, {});
  if (entry.value.state === 'pending') await readOn(call, manifest, entry.value);
  return shownTrace(manifest, entry.value);
}

async function readOn(call: Call, manifest: TraceManifest, { state }: CatalogueEntry): Promise<void> {
  const { indexing } = call.get('settings');
  if (state !== 'pending' || indexing === undefined) return;
  await indexing(await indexerOf(call).missing(manifest));
}

function shownTrace(manifest: TraceManifest, entry: CatalogueEntry): object {
  const { size, sha256, recording, segments } = manifest;
  const sent = recording && { open: recording.open, segments: segments.length, lost: recording.lost.length };
  return { ...shownEntry({ ...entry, size, sha256 }), ...(sent && { recording: sent }) };
}

/** An entry of a list. */
export function shownEntry(entry: CatalogueEntry): object {
  const { id, name, sha256, size, encoding, createdAt, labels, state, reason, summary } = entry;
  return { id, name, sha256, size, encoding, createdAt, labels, state, reason, summary };
}
