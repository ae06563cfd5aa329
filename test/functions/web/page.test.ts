import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type Service } from '../../../functions/node.ts';
import { buildSite, SITE_FOLDER } from '../../../functions/web/build-site.ts';

/** A browser of the system. Without one the page is still built and looked at as text. */
const BROWSER = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));

describe('the site', () => {
  it('is built from its sources and names nothing elsewhere', async () => {
    await buildSite();
    const names = readdirSync(SITE_FOLDER, { recursive: true, encoding: 'utf8' });
    expect(names).toEqual(
      expect.arrayContaining(['index.html', 'docs.html', 'offline.js', 'mark.svg', 'library.json']),
    );
    const files = names.filter((name) => /\.(html|css)$/.test(name));
    for (const name of files) {
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
  describe('the page in a browser', () => {
    let service: Service;
    let browser: Browser;
    const complaints: string[] = [];
    beforeAll(async () => {
      service = await serve({ port: 0, directory: mkdtempSync(join(tmpdir(), 'creance-page-')), env: {} });
      browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });
    });
    afterAll(async () => {
      await browser?.close();
      await service?.stop();
    });

    it.each([360, 390, 1440])('fits a window %d pixels wide', async (width) => {
      for (const path of ['/', '/compare', '/traces', '/suites', '/practice', '/docs']) {
        const page = await open(path, width);
        const wide = await page.evaluate('document.documentElement.scrollWidth');
        expect(wide).toBeLessThanOrEqual(width);
      }
    });

    it('describes every route of the API', async () => {
      const page = await open('/docs', 1440);
      for (const path of ['/v1/detect', '/v1/check', '/v1/filter', '/v1/traces/{id}']) {
        expect(await page.locator('article h3 code', { hasText: path }).count()).toBeGreaterThan(0);
      }
      expect(await page.locator('#RULES_REFUSED').innerText()).toContain('422');
      expect(complaints).toEqual([]);
    });

    async function open(path: string, width: number): Promise<Page> {
      const page = await browser.newPage({ viewport: { width, height: 800 } });
      page.on('pageerror', ({ message }) => complaints.push(message));
      page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
      await page.goto(`${service.url}${path}`, { waitUntil: 'networkidle' });
      return page;
    }
  });
}
