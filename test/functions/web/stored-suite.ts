import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { violations, type PageOpener } from './browser.ts';
import { RULE } from './playground-suite.ts';
import { captureOf, chooseFiles, putSuite } from './written.ts';

/** Three parts of an upload, and more than one request takes. */
const LARGE_BYTES = 17 * 1024 * 1024;

/** What the service keeps: traces, suites, and comparing over traces. In this order: what one keeps another uses. */
export function storedSuite(pages: () => PageOpener, url: () => string): void {
  describe('what the service keeps', () => {
    it('takes a trace, labels it, opens it, compares rules over it and deletes it', async () => {
      const page = await pages().open('/traces');
      await page.getByText('No trace is kept here yet').waitFor();
      const capture = captureOf('intrusions/webshell-to-miner');
      await chooseFiles(page, page.getByRole('button', { name: 'Choose files…' }), [['node-7.scap', capture]]);
      await page.getByRole('heading', { name: 'node-7.scap' }).waitFor();
      await page.getByLabel('New label of node-7.scap').fill('kind=attack');
      await page.getByLabel('New label of node-7.scap').press('Enter');
      await page.getByText('kind=attack').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Open in the playground' }).click();
      await page.getByRole('tab', { name: 'Alerts 10' }).waitFor();

      await page.getByRole('link', { name: 'Compare' }).click();
      for (const name of [/^Attacks/, /^Harmless twins/, /^Ordinary work/]) await page.getByLabel(name).uncheck();
      await page.getByText('Traces of the service').click();
      await page.getByLabel('node-7.scap').check();
      const after = page.getByRole('region', { name: 'After', exact: true });
      await chooseFiles(page, after.getByRole('button', { name: 'Open files…' }), [['mine.yaml', Buffer.from(RULE)]]);
      await after.getByText('mine.yaml').waitFor();
      await page.getByRole('button', { name: 'Compare', exact: true }).click();
      await page.getByRole('region', { name: 'Verdict' }).getByText('alerts before').waitFor();
      const gone = page.getByRole('region', { name: 'Alerts that are gone', exact: true });
      await gone.getByText('node-7.scap').first().waitFor();
      expect(await violations(page)).toEqual([]);

      await page.getByRole('link', { name: 'Traces', exact: true }).click();
      await page.getByRole('button', { name: 'Delete node-7.scap' }).click();
      await page.getByRole('button', { name: 'Delete for good' }).click();
      await page.getByText('No trace is kept here yet').waitFor();
    });

    it('takes a large file in parts, and goes on with it after the page was closed', async () => {
      const page = await pages().open('/traces');
      const head = '{"section":1}\n';
      const large = join(mkdtempSync(join(tmpdir(), 'creance-large-')), 'large.jsonl');
      writeFileSync(large, `${head}${' '.repeat(LARGE_BYTES - head.length - 1)}\n`);
      const choose = page.getByRole('button', { name: 'Choose files…' });
      let arrived: string[] = [];
      page.on('response', (answer) => {
        const part = /parts\/(\d+)$/.exec(answer.url())?.[1];
        if (part !== undefined && answer.ok()) arrived = [...arrived, part].toSorted();
      });
      // What is refused is not tried again: the upload breaks at once.
      const refuse = { status: 422, contentType: 'application/json', body: '{"code":"X","detail":"cut off"}' };
      await page.route('**/parts/3', (route) => route.fulfill(refuse));
      await chooseFiles(page, choose, large);
      await page.getByRole('alert').getByText('cut off').waitFor();
      await expect.poll(() => arrived, { timeout: 30_000 }).toEqual(['1', '2']);
      expect(pages().takeComplaints().join()).toContain('422');
      await page.unroute('**/parts/3');
      await page.reload();
      await chooseFiles(page, choose, large);
      await page.getByRole('heading', { name: 'large.jsonl' }).waitFor();
      expect(arrived).toEqual(['1', '2', '3']);
      await page.getByRole('button', { name: 'Delete large.jsonl' }).click();
      await page.getByRole('button', { name: 'Delete for good' }).click();
      await page.getByText('No trace is kept here yet').waitFor();
    });

    it('runs a suite and accepts it', async () => {
      await putSuite(url(), RULE);
      const page = await pages().open('/suites');
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByRole('heading', { name: '1 passed, 0 failed' }).waitFor();
      await page.getByRole('button', { name: 'Accept this run' }).click();
      await page.getByRole('button', { name: 'Accepted' }).waitFor();
      expect(await violations(page)).toEqual([]);
    });
  });
}
