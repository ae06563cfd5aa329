import { resolve, join } from 'node:path';
import { placeOf } from '../place.ts';
import { startEmbeddedS3 } from '../store/embedded-s3.ts';
import { ObjectStore } from '../store/object-store.ts';
import { takeLock } from '../store/persistence-lock.ts';
import { s3SettingsOf } from '../store/s3-settings.ts';

/**
 * Works on the store that a service started here would use: that of `S3_*`, else the embedded one of a directory, which
 * nobody else may use meanwhile. Throws LockedError and SettingsError, whose messages are for people.
 */
export async function withStore<T>(
  directory: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  work: (objects: ObjectStore) => Promise<T>,
): Promise<T> {
  const given = s3SettingsOf(env);
  if (given !== undefined) return work(new ObjectStore(given));
  const folder = resolve(placeOf({ directory }, env).directory);
  const lock = takeLock(folder, 'creance token', 'no address');
  try {
    const embedded = await startEmbeddedS3(join(folder, 'store'));
    try {
      return await work(new ObjectStore(embedded.settings));
    } finally {
      await embedded.stop();
    }
  } finally {
    lock.release();
  }
}
