import { mkdtempSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from '../../../functions/node.ts';
import { BROWSER } from '../../functions/web/browser.ts';
import { busyTrace } from './busy-trace.ts';
import { bundleSizes } from './bundle-sizes.ts';
import { editedRules, firstVerdict, openPage, type Figures } from './measured.ts';

/** `npm run bench:page`: bundle sizes, time to the first verdict, and how long an edit waits for its verdict. */
const COLD_LOADS = 5;
const EDITS = 24;

const directory = mkdtempSync(join(tmpdir(), 'creance-bench-page-'));
const service = await serve({ port: 0, directory, env: {} });
try {
  console.log('gzipped, KiB');
  for (const [name, bytes] of await bundleSizes()) console.log(`${(bytes / 1024).toFixed(1).padStart(8)}  ${name}`);
  if (BROWSER === undefined)
    console.log('no browser: /usr/bin/chromium or /usr/bin/google-chrome; times are not measured');
  else await measure(BROWSER);
} finally {
  await service.stop();
}

async function measure(executablePath: string): Promise<void> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const first: number[] = [];
  for (let i = 0; i < COLD_LOADS; i++) {
    const page = await openPage(browser, service.url);
    first.push(await firstVerdict(page));
    await page.close();
  }
  tell('first verdict after a cold load', first);
  const file = join(directory, 'busy.scap');
  writeFileSync(file, busyTrace());
  const page = await openPage(browser, service.url);
  await firstVerdict(page);
  const { events, opened, first: early, edits } = await editedRules(page, file, EDITS);
  tell(`opening and judging a trace of ${events} events`, [opened]);
  tell('from an edit to its verdict over it, right after', early);
  tell('from an edit to its verdict over it, once columns are made', edits);
  await browser.close();
  console.log(
    `load of the machine ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  );
}

function tell(what: string, values: Figures): void {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] as number);
  console.log(`${what}: median ${at(0.5)} ms, least ${at(0)}, most ${at(1)} (${values.length})`);
}
