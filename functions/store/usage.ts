import { Catalogue } from './catalogue.ts';
import { KEYS } from './keys.ts';
import type { ObjectStore } from './object-store.ts';

/** What a tenant keeps. */
export interface Usage {
  readonly traces: number;
  readonly bytes: number;
}

/** Counts what a tenant keeps. Of recordings that are open the segments are counted. */
export async function usageOf(objects: ObjectStore, tenant: string, now: number): Promise<Usage> {
  let traces = 0;
  let bytes = 0;
  for await (const { id, size, state } of new Catalogue(objects, tenant).entries('oldest', undefined, now)) {
    traces++;
    bytes += size;
    if (state !== 'open') continue;
    for await (const segment of objects.list(`${KEYS.traces(tenant)}${id}/segments/`)) bytes += segment.size;
  }
  return { traces, bytes };
}
