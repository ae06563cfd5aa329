import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedS3 } from '../../functions/store/embedded-s3.ts';
import type { S3Settings } from '../../functions/store/s3-settings.ts';
import { startReceiver } from '../functions/http/webhook-receiver.ts';
import { buildSite } from '../../functions/web/build-site.ts';

/** What of vitest's project is used. */
interface Provides {
  provide(key: 's3', value: S3Settings): void;
  provide(key: 'receiver', value: string): void;
}

/** Builds the site and starts an S3 and a receiver of messages before the tests in workerd; vitest calls what this gives when they are done. */
export async function setup(project: Provides): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'creance-workers-'));
  await buildSite();
  const embedded = await startEmbeddedS3(directory);
  const receiver = await startReceiver();
  project.provide('s3', embedded.settings);
  project.provide('receiver', receiver.url);
  return async () => {
    await embedded.stop();
    await receiver.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}

declare module 'vitest' {
  interface ProvidedContext {
    s3: S3Settings;
    /** Where messages to webhooks are taken. */
    receiver: string;
  }
}
