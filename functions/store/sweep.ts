import { folders } from './folders.ts';
import { sweepIdempotency } from './idempotency-store.ts';
import { KEYS } from './keys.ts';
import type { Listed, ObjectStore } from './object-store.ts';
import { retain } from '../traces/retention.ts';
import { RecordingStore } from './recording-store.ts';

/** How long an upload may rest before it counts as abandoned, in milliseconds. */
export const ABANDONED_AFTER_MS = 7 * 24 * 60 * 60 * 1_000;

/**
 * Deletes what uploads left behind, of all tenants: parts that nobody completed, and bytes of traces that never got
 * their manifest. Both are younger than the time an upload may rest while anybody works on them. A recording of which
 * nothing came for that time is closed with what is there. Then what the tenant's policy does not want any more goes.
 *
 * @param now milliseconds since the epoch
 * @returns how many objects were deleted that uploads had left
 */
export async function sweep(objects: ObjectStore, now: number): Promise<number> {
  const isOld = ({ modified }: Listed): boolean => modified < now - ABANDONED_AFTER_MS;
  let deleted = 0;
  const drop = async (object: Listed): Promise<void> => {
    await objects.delete(object.key);
    deleted++;
  };
  for await (const tenant of folders(objects, KEYS.tenants)) {
    await sweepIdempotency(objects, tenant, now, drop);
    for await (const object of objects.list(KEYS.uploads(tenant))) if (isOld(object)) await drop(object);
    for await (const id of folders(objects, KEYS.traces(tenant))) {
      if ((await objects.readText(KEYS.manifest(tenant, id))) !== undefined) continue;
      const left: Listed[] = [];
      for await (const object of objects.list(`${KEYS.traces(tenant)}${id}/`)) left.push(object);
      if (await closeAbandoned(new RecordingStore(objects, tenant), id, left.every(isOld))) continue;
      for (const object of left) if (isOld(object)) await drop(object);
    }
    await retain(objects, tenant, now);
  }
  return deleted;
}

/** Closes a recording that nobody goes on with; answers whether it is one that has segments. */
async function closeAbandoned(recordings: RecordingStore, id: string, isAbandoned: boolean): Promise<boolean> {
  const recording = await recordings.find(id);
  if (recording === undefined) return false;
  const last = (await recordings.kept(id)).at(-1)?.sequence;
  if (last === undefined) return !isAbandoned;
  const all = Array.from({ length: last }, (_, i) => i + 1);
  if (isAbandoned) await recordings.close(recording, last, all);
  return true;
}
