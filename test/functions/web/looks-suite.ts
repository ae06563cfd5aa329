import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { violations, type PageOpener } from './browser.ts';

const PLACES = ['/', '/compare', '/traces', '/suites', '/practice', '/docs'];

/** How much of what was shown was moved by what came later. */
const SHIFTS = `new Promise((resolve) => new PerformanceObserver((list) =>
  resolve(list.getEntries().reduce((sum, entry) => sum + (entry.hadRecentInput ? 0 : entry.value), 0)))
  .observe({ type: 'layout-shift', buffered: true }) ?? setTimeout(() => resolve(0), 100))`;

/** Waits until a place shows what it has to show. */
async function drawn(page: Page, path: string): Promise<void> {
  await page.getByRole('heading').first().waitFor();
  if (path === '/') {
    await page.getByRole('tab', { name: 'Alerts 10' }).waitFor();
    await page.locator('.cm-content').first().waitFor();
  }
  if (path === '/compare') await page.getByLabel(/^Attacks [1-9]/).waitFor();
  if (path === '/practice') await page.getByRole('heading', { name: /^Write rules/ }).waitFor();
}

/** What holds for every place. */
export function looksSuite(pages: () => PageOpener): void {
  describe('every place', () => {
    it.each([
      ['light', 1440],
      ['dark', 360],
    ] as const)('fits, moves nothing, and has nothing that axe finds: %s, %d pixels wide', async (scheme, width) => {
      for (const path of PLACES) {
        const page = await pages().open(path, { width, scheme });
        await drawn(page, path);
        expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(width);
        if (path !== '/docs') expect(await page.evaluate(SHIFTS), path).toBeLessThan(0.02);
        // The description of the API is long: once is enough.
        if (path !== '/docs' || scheme === 'light') expect(await violations(page), path).toEqual([]);
        if (path === '/') {
          await page.locator('.alert-row').first().click();
          await page.getByRole('list', { name: 'Truth table' }).waitFor();
          await page.getByRole('tab', { name: /Events/ }).click();
          await page.getByRole('listbox', { name: 'Events' }).waitFor();
          expect(await violations(page)).toEqual([]);
        }
        await page.close();
      }
    });

    it('describes every route of the API', async () => {
      const page = await pages().open('/docs');
      await page.getByRole('heading', { name: 'schemas' }).waitFor();
      for (const path of ['/v1/detect', '/v1/check', '/v1/filter', '/v1/traces/{id}']) {
        await page.locator('article h3 code', { hasText: path }).first().waitFor();
      }
      await page.locator('#RULES_REFUSED').getByText('422').first().waitFor();
    });
  });
}
