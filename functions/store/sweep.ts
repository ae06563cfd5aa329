import { folders } from './folders.ts';
import { KEYS } from './keys.ts';
import type { Listed, ObjectStore } from './object-store.ts';

/** How long an upload may rest before it counts as abandoned, in milliseconds. */
export const ABANDONED_AFTER_MS = 7 * 24 * 60 * 60 * 1_000;

/**
 * Deletes what uploads left behind, of all tenants: parts that nobody completed, and bytes of traces that never got
 * their manifest. Both are younger than the time an upload may rest while anybody works on them.
 *
 * @param now milliseconds since the epoch
 * @returns how many objects were deleted
 */
export async function sweep(objects: ObjectStore, now: number): Promise<number> {
  const isOld = ({ modified }: Listed): boolean => modified < now - ABANDONED_AFTER_MS;
  let deleted = 0;
  const drop = async (object: Listed): Promise<void> => {
    await objects.delete(object.key);
    deleted++;
  };
  for await (const tenant of folders(objects, KEYS.tenants)) {
    for await (const object of objects.list(KEYS.uploads(tenant))) if (isOld(object)) await drop(object);
    for await (const id of folders(objects, KEYS.traces(tenant))) {
      if ((await objects.readText(KEYS.manifest(tenant, id))) !== undefined) continue;
      for await (const object of objects.list(`${KEYS.traces(tenant)}${id}/`)) if (isOld(object)) await drop(object);
    }
  }
  return deleted;
}
