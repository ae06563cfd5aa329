import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import type { S3Settings } from '../functions/store/s3-settings.ts';
import { ClosingReporter } from './closing-reporter.ts';
import { CONFORMANCE, CONFORMANCE_PRESENT } from './conformance/folder.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  test: {
    reporters: ['default', new ClosingReporter()],
    projects: [
      {
        root,
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/workers/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        root,
        plugins: [
          cloudflareTest(({ inject }) => ({
            wrangler: { configPath: `${root}infra/wrangler.jsonc` },
            miniflare: {
              bindings: bindingsOf(inject<S3Settings>('s3'), inject<string>('receiver')),
              serviceBindings: conformanceBinding(),
            },
          })),
        ],
        // As in wrangler.jsonc, whose aliases the plugin leaves out.
        resolve: { alias: { '@aws-sdk/xml-builder': `${root}node_modules/@aws-sdk/xml-builder/dist-cjs/index.js` } },
        test: {
          name: 'workers',
          // Decompression must be the same in both runtimes, so its suite runs in both.
          include: ['test/workers/**/*.test.ts', 'test/functions/gunzip/*.test.ts'],
          globalSetup: ['test/workers/embedded-services.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});

/** The worker's own variables for an S3 that runs beside the tests. */
function bindingsOf({ endpoint, bucket, credentials }: S3Settings, receiver: string): Record<string, string> {
  return {
    S3_ENDPOINT: endpoint ?? '',
    S3_BUCKET: bucket,
    S3_ACCESS_KEY_ID: credentials?.accessKeyId ?? '',
    CREANCE_WEBHOOKS: 'private',
    RECEIVER: receiver,
    S3_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
  };
}

/** The conformance data, where it is present, as a service of files that the tests in workerd read. */
function conformanceBinding() {
  return CONFORMANCE_PRESENT ? { CONFORMANCE: { disk: { path: CONFORMANCE, writable: false } } } : {};
}
