import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { SuiteReport } from '../../../engine/suite/result.ts';
import { serve } from '../../../functions/node.ts';
import { buildSite } from '../../../functions/web/build-site.ts';
import { startWrangler } from '../../../functions/wrangler.ts';
import { freePort } from '../../bench/suite/free-port.ts';
import { librarySuite } from '../../bench/suite/library-suite.ts';
import { runAt } from '../../bench/suite/run-at.ts';

const SLOW_MS = 180_000;

describe('a run of stories and captures of the library', () => {
  const folder = mkdtempSync(join(tmpdir(), 'creance-same-report-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // The whole of it, 500 stories and 20 captures, is `npm run bench:suite`.
  it('gives the same bytes of a report under wrangler dev as on Node', { timeout: SLOW_MS }, async () => {
    const suite = await librarySuite({ scenarios: 30, captures: 4, recorded: false });
    const service = await serve({ port: 0, directory: join(folder, 'node'), env: {} });
    const onNode = await runAt(service.url, 'library', suite).finally(() => service.stop());
    const { passed, tests } = (JSON.parse(onNode.report) as { report: SuiteReport }).report;
    expect(tests.length).toBeGreaterThan(34);
    expect(passed).toBe(tests.length);

    const [port, directory] = [await freePort(), join(folder, 'workerd')];
    mkdirSync(directory);
    await buildSite();
    const wrangler = startWrangler({ port, directory, external: undefined });
    try {
      expect(await wrangler.answering).toBe(true);
      const onWorkerd = await runAt(`http://127.0.0.1:${port}`, 'library', suite);
      expect(onWorkerd.report).toBe(onNode.report);
    } finally {
      await wrangler.stop();
    }
  });
});
