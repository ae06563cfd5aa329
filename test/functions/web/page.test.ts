import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSite, SITE_FOLDER } from '../../../functions/web/build-site.ts';
import { startWrangler, type Wrangler } from '../../../functions/wrangler.ts';
import { freePort } from '../../bench/suite/free-port.ts';
import { BROWSER, PageOpener, violations } from './browser.ts';
import { captureOf, putSuite, showFile, taskOfPage, vaultRule, write } from './written.ts';

const PLACES = ['/', '/compare', '/traces', '/suites', '/practice', '/docs'];
const LONG_MS = 120_000;
const RULE = `- rule: Mine
  desc: d
  condition: evt.type = connect and proc.name = curl
  output: connected to %fd.name
  priority: NOTICE
`;

describe('the site', () => {
  it('is built from its sources and names nothing elsewhere', async () => {
    await buildSite();
    const names = readdirSync(SITE_FOLDER, { recursive: true, encoding: 'utf8' });
    expect(names).toEqual(
      expect.arrayContaining(['index.html', 'docs.html', 'offline.js', 'mark.svg', 'library.json']),
    );
    for (const name of names.filter((one) => /\.(html|css)$/.test(one))) {
      expect(readFileSync(join(SITE_FOLDER, name), 'utf8')).not.toMatch(
        /(src|href)="https?:|url\(['"]?https?:|@import/,
      );
    }
  });
});

if (BROWSER === undefined) {
  describe('the page in a browser', () => {
    it('needs a browser', ({ skip }) => skip('no browser: /usr/bin/chromium or /usr/bin/google-chrome'));
  });
} else {
  describe('the page in a browser, served by wrangler dev', { timeout: LONG_MS }, () => {
    let wrangler: Wrangler;
    let pages: PageOpener;
    let url: string;
    beforeAll(async () => {
      await buildSite();
      const port = await freePort();
      url = `http://127.0.0.1:${port}`;
      wrangler = startWrangler({ port, directory: mkdtempSync(join(tmpdir(), 'creance-page-')), external: undefined });
      expect(await wrangler.answering).toBe(true);
      pages = await PageOpener.launch(url);
    }, LONG_MS);
    afterAll(async () => {
      await pages?.close();
      await wrangler?.stop();
    });

    it('tells alerts while rules are written, and explains one', async () => {
      const page = await pages.open('/');
      await page.getByRole('tab', { name: 'Alerts 10' }).waitFor();
      await write(page, RULE);
      await page.getByRole('button', { name: /Mine connected to/ }).click();
      await page.getByRole('list', { name: 'Truth table' }).getByText('proc.name = curl').waitFor();
      await page.getByLabel('Values').getByText('203.0.113.9:80').first().waitFor();
      await write(page, RULE.replace('curl', 'wget'));
      await page.getByRole('button', { name: /Mine connected to/ }).waitFor({ state: 'detached' });
      await write(page, RULE.replace('proc.name', 'proc.nme'));
      await page.getByText('does not load', { exact: true }).waitFor();
      expect(pages.complaints).toEqual([]);
    });

    it('takes letters as they are typed, completes, mends a slip and goes to a definition', async () => {
      const page = await pages.open('/');
      await page.getByRole('tab', { name: 'Alerts 10' }).waitFor();
      const editor = page.locator('.rules .cm-content');
      await editor.click();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type('- rule: Mine\n  desc: d\ncondition: evt.type = connect and in_containr and fd.na');
      await page.getByRole('option', { name: /^fd\.name *charbuf/ }).click();
      await page.keyboard.type(' exists');
      // What is proposed for a whole word would take the Enter that follows.
      await page.keyboard.press('Escape');
      await page.keyboard.type('\noutput: connected\npriority: NOTICE\n');
      expect((await editor.innerText()).trim().split('\n')).toEqual([
        '- rule: Mine',
        '  desc: d',
        '  condition: evt.type = connect and in_containr and fd.name exists',
        '  output: connected',
        '  priority: NOTICE',
      ]);
      const slip = page.locator('.cm-lintRange-error');
      await expect.poll(() => slip.count(), { timeout: 10_000 }).toBe(1);
      await slip.hover();
      await page.getByRole('button', { name: 'Write in_container' }).click();
      await page.getByText('loads in Falco').waitFor();
      await editor.getByText('in_container', { exact: true }).click();
      await page.keyboard.press('F12');
      await page.getByRole('tab', { name: /starter_rules/, selected: true }).waitFor();
      // The tab is told to be open before its lines are drawn.
      await page.locator('.cm-activeLine').getByText('- macro: in_container', { exact: true }).waitFor();
      expect(pages.complaints).toEqual([]);
    });

    it('filters events, shows processes, and tells what came near a rule', async () => {
      const page = await pages.open('/');
      await page.getByRole('tab', { name: 'Alerts 10' }).waitFor();
      await page.getByRole('tab', { name: /Processes/ }).click();
      await page.getByRole('button', { name: /^sh → curl/ }).click();
      expect(await page.getByLabel('Filter of events').inputValue()).toMatch(/^proc.pid = \d+$/);
      await page.getByLabel('Filter of events').fill('evt.type = connect');
      await page.getByText('2 events').waitFor();
      await page.getByRole('listbox', { name: 'Events' }).press('ArrowDown');
      await page.getByRole('heading', { name: /^Event \d+ connect$/ }).waitFor();
      await page.getByRole('tab', { name: /Rules/ }).click();
      await page.getByRole('button', { name: /Interactive shell in a container/ }).click();
      await page.getByRole('heading', { name: 'Near misses' }).waitFor();
      expect(pages.complaints).toEqual([]);
    });

    it('opens a link as it was sent, without a network too', async () => {
      const page = await pages.open('/');
      await page.getByRole('tab', { name: 'Alerts 10' }).waitFor();
      await write(page, RULE);
      await page.getByRole('button', { name: /Mine connected to/ }).waitFor();
      await page.getByRole('button', { name: 'Share…' }).click();
      // A link is packed while the menu is already there.
      await expect.poll(() => page.getByLabel('Link').inputValue(), { timeout: 10_000 }).toContain('#bench=');
      const link = await page.getByLabel('Link').inputValue();
      const other = await pages.open(link);
      await other.getByText('as it was sent').waitFor();
      await other.getByRole('button', { name: /Mine connected to/ }).waitFor();
      await other.evaluate('navigator.serviceWorker.ready');
      await other.context().setOffline(true);
      await other.goto('about:blank');
      await other.goto(link);
      await other.getByText('as it was sent').waitFor();
      await other.context().setOffline(false);
      expect(pages.complaints).toEqual([]);
    });

    it('refuses a damaged link in words', async () => {
      const page = await pages.open('/#bench=AAAA');
      await page.getByText('the link is damaged').waitFor();
      await page.getByRole('tab', { name: 'Alerts 10' }).waitFor();
    });

    it('compares two versions of rules', async () => {
      const page = await pages.open('/compare');
      await page.getByLabel(/^Attacks/).uncheck();
      await page.getByLabel(/^Harmless twins/).uncheck();
      await page.getByRole('button', { name: 'Compare', exact: true }).click();
      await page.getByRole('region', { name: 'Verdict' }).getByText('alerts before').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(pages.complaints).toEqual([]);
    });

    it('keeps a trace that is uploaded, labels it, opens it and deletes it', async () => {
      const page = await pages.open('/traces');
      await page.getByText('No trace is kept here yet').waitFor();
      const choosing = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Choose files…' }).click();
      const buffer = captureOf('intrusions/webshell-to-miner');
      await (await choosing).setFiles([{ name: 'node-7.scap', mimeType: 'application/octet-stream', buffer }]);
      await page.getByRole('heading', { name: 'node-7.scap' }).waitFor();
      await page.getByLabel('New label of node-7.scap').fill('kind=attack');
      await page.getByLabel('New label of node-7.scap').press('Enter');
      await page.getByText('kind=attack').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Open in the playground' }).click();
      await page.getByRole('tab', { name: 'Alerts 10' }).waitFor();
      await page.getByRole('link', { name: 'Traces' }).click();
      await page.getByRole('button', { name: 'Delete node-7.scap' }).click();
      await page.getByRole('button', { name: 'Delete for good' }).click();
      await page.getByText('No trace is kept here yet').waitFor();
      expect(pages.complaints).toEqual([]);
    });

    it('runs a suite and accepts it', async () => {
      await putSuite(url, RULE);
      const page = await pages.open('/suites');
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByRole('heading', { name: '1 passed, 0 failed' }).waitFor();
      await page.getByRole('button', { name: 'Accept this run' }).click();
      await page.getByRole('button', { name: 'Accepted' }).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(pages.complaints).toEqual([]);
    });

    it('grades a practice task, tells what fails, and remembers that it was solved', async () => {
      const page = await pages.open('/practice');
      await page.getByRole('link', { name: /Tell when a container opens the vault folder/ }).click();
      await page.getByRole('heading', { name: 'Tell when a container opens the vault folder' }).waitFor();
      const task = await page.getByRole('region', { name: 'Task', exact: true }).innerText();
      const folder = /\/srv\/\w+\//.exec(task)?.[0] ?? '';
      await page.getByRole('tab', { name: /^falco_rules\.yaml/ }).click();
      await page.locator('.task-files .cm-content[aria-readonly=true]').waitFor();
      await page.getByRole('tab', { name: 'falco_rules.local.yaml' }).click();
      await page.locator('.task-files .cm-content:not([aria-readonly])').waitFor();
      await write(page, vaultRule(folder).replace(' and container.id != host', ''), '.task-files');
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      await page.getByRole('heading', { name: 'Not passed yet' }).waitFor();
      await page.getByText('container.id is `host` outside of any container.').waitFor();
      await page.getByRole('button', { name: 'Hint 1 of 3' }).click();
      await page.getByText('Three things must hold at once').waitFor();
      expect(await violations(page)).toEqual([]);
      await write(page, vaultRule(folder), '.task-files');
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      await page.getByRole('heading', { name: 'Passed', exact: true }).waitFor();
      await page.getByRole('button', { name: 'Solution', exact: true }).click();
      await page.getByText('The slash at the end of the folder').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.reload();
      await page.locator('.task-files .cm-content').getByText('vault_access').waitFor();
      await page.getByRole('button', { name: 'Another variant' }).click();
      await page.getByText('variant 2').waitFor();
      await page.getByRole('link', { name: 'All tasks' }).click();
      await page.getByRole('link', { name: /vault folder.*done/ }).waitFor();
      expect(pages.complaints).toEqual([]);
    });

    it.each(['change-rules', 'find-culprit', 'run-and-collect', 'repair-and-tune'])(
      'fails a practice task of %s at its start, and passes its solution',
      async (group) => {
        const { sheet, solution } = taskOfPage(group);
        const page = await pages.open(`/practice#${sheet.id}`);
        await page.getByRole('button', { name: 'Check', exact: true }).click();
        await page.getByRole('heading', { name: 'Not passed yet' }).waitFor();
        for (const { name, text } of solution.files) {
          await showFile(page, name);
          await page.getByRole('tabpanel').getByLabel(name).first().waitFor();
          await write(page, text, '.task-files');
        }
        await page.getByRole('button', { name: 'Check', exact: true }).click();
        await page.getByRole('heading', { name: 'Passed', exact: true }).waitFor();
        expect(pages.complaints).toEqual([]);
      },
    );

    it('opens a trace of a practice task in the playground', async () => {
      const page = await pages.open('/practice#write-rules/vault-folder-opened', { width: 390, scheme: 'dark' });
      await page.getByRole('button', { name: /Look at it/ }).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      await page.getByRole('button', { name: /Look at it/ }).click();
      await page.locator('option', { hasText: 'vault-folder-opened-node.scap' }).first().waitFor({ state: 'attached' });
      expect(pages.complaints).toEqual([]);
    });

    it.each([
      ['light', 1440],
      ['dark', 390],
    ] as const)('has nothing that axe finds, in %s, %d pixels wide', async (scheme, width) => {
      const page = await pages.open('/', { width, scheme });
      await page.getByRole('tab', { name: 'Alerts 10' }).waitFor();
      await page.locator('.alert-row').first().click();
      await page.getByRole('list', { name: 'Truth table' }).waitFor();
      await page.locator('.cm-content').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('tab', { name: /Events/ }).click();
      expect(await violations(page)).toEqual([]);
      await page.close();
      // The description of the API is long: once is enough.
      for (const path of PLACES.slice(1).filter((one) => one !== '/docs' || scheme === 'light')) {
        const page = await pages.open(path, { scheme });
        await page.getByRole('heading').first().waitFor();
        expect(await violations(page), path).toEqual([]);
        await page.close();
      }
    });

    it.each([360, 1440])('fits a window %d pixels wide, and nothing moves', async (width) => {
      for (const path of PLACES) {
        const page = await pages.open(path, { width });
        await page.getByRole('heading').first().waitFor();
        if (path === '/') await page.getByRole('tab', { name: 'Alerts 10' }).waitFor();
        expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(width);
        if (path !== '/docs') expect(await page.evaluate(SHIFTS), path).toBeLessThan(0.02);
        await page.close();
      }
    });

    it('describes every route of the API', async () => {
      const page = await pages.open('/docs');
      await page.getByRole('heading', { name: 'schemas' }).waitFor();
      for (const path of ['/v1/detect', '/v1/check', '/v1/filter', '/v1/traces/{id}']) {
        expect(await page.locator('article h3 code', { hasText: path }).count()).toBeGreaterThan(0);
      }
      expect(await page.locator('#RULES_REFUSED').innerText()).toContain('422');
    });
  });
}

/** How much of what was shown was moved by what came later. */
const SHIFTS = `new Promise((resolve) => new PerformanceObserver((list) =>
  resolve(list.getEntries().reduce((sum, entry) => sum + (entry.hadRecentInput ? 0 : entry.value), 0)))
  .observe({ type: 'layout-shift', buffered: true }) ?? setTimeout(() => resolve(0), 100))`;
