import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedS3 } from '../../functions/store/embedded-s3.ts';
import type { S3Settings } from '../../functions/store/s3-settings.ts';
import { buildSite } from '../../functions/web/build-site.ts';

/** Builds the site and starts an S3 before the tests in workerd; vitest calls what this gives when they are done. */
export async function setup(project: { provide(key: 's3', value: S3Settings): void }): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'creance-workers-'));
  await buildSite();
  const embedded = await startEmbeddedS3(directory);
  project.provide('s3', embedded.settings);
  return async () => {
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}

declare module 'vitest' {
  interface ProvidedContext {
    s3: S3Settings;
  }
}
