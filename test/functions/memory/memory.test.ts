import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { librarySuite } from '../../bench/suite/library-suite.ts';
import { startEmbeddedS3, type EmbeddedS3 } from '../../../functions/store/embedded-s3.ts';

const PROCESS = fileURLToPath(new URL('worker-process.ts', import.meta.url));
/** Some packages ask for `require`, which a module does not have. */
const BANNER = {
  js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
};
/** What an isolate of Cloudflare has. workerd does not hold its heap to it on this machine, V8 does. */
const MEGABYTES = 128;
/** A hundred events each. As many as one likes: `CREANCE_MEMORY_REPEATS=8000` is a trace of 240 MB. */
const REPEATS = Number(process.env['CREANCE_MEMORY_REPEATS'] ?? 600);
const SCENARIOS = 40;
const PATIENCE_MS = 600_000;

describe('the worker in a heap of 128 MB', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-memory-'));
  let embedded: EmbeddedS3;
  beforeAll(async () => void (embedded = await startEmbeddedS3(directory)));
  afterAll(async () => {
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('keeps, reads and judges a long trace, and runs a suite', { timeout: PATIENCE_MS }, async () => {
    const [bundle, suite] = [join(directory, 'worker.mjs'), join(directory, 'suite.json')];
    // One file, as it is deployed: what Node needs to strip types from hundreds is no part of an isolate.
    await build({
      entryPoints: [PROCESS],
      outfile: bundle,
      bundle: true,
      format: 'esm',
      platform: 'node',
      banner: BANNER,
    });
    const { files } = await librarySuite({ scenarios: SCENARIOS, captures: 0, recorded: false });
    writeFileSync(suite, JSON.stringify(files));
    const { endpoint = '', bucket, credentials } = embedded.settings;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [`--max-old-space-size=${MEGABYTES}`, bundle, String(REPEATS), suite],
      {
        env: {
          ...process.env,
          S3_ENDPOINT: endpoint,
          S3_BUCKET: bucket,
          S3_ACCESS_KEY_ID: credentials?.accessKeyId,
          S3_SECRET_ACCESS_KEY: credentials?.secretAccessKey,
        },
      },
    );
    const told = JSON.parse(stdout) as Record<string, number>;
    // Each time one alert, then the report.
    expect(told).toMatchObject({ alerts: REPEATS + 1, answered: REPEATS + 1, passed: told['tests'] });
    expect(told['tests']).toBeGreaterThan(SCENARIOS);
    expect(told['buffers']).toBeLessThan(MEGABYTES * 1024 * 1024);
  });
});
