import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildSite, SITE_FOLDER } from '../../../functions/web/build-site.ts';
import { startWrangler, type Wrangler } from '../../../functions/wrangler.ts';
import { freePort } from '../../bench/suite/free-port.ts';
import { BROWSER, PageOpener } from './browser.ts';
import { examSuite } from './exam-suite.ts';
import { looksSuite } from './looks-suite.ts';
import { playgroundSuite } from './playground-suite.ts';
import { practiceSuite } from './practice-suite.ts';
import { storedSuite } from './stored-suite.ts';

const LONG_MS = 120_000;

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
      const [isAnswering, opener] = await Promise.all([wrangler.answering, PageOpener.launch(url)]);
      pages = opener;
      expect(isAnswering).toBe(true);
    }, LONG_MS);
    afterEach(async () => expect(await pages.closePages()).toEqual([]));
    afterAll(async () => {
      await pages?.close();
      await wrangler?.stop();
    });
    const opener = (): PageOpener => pages;

    playgroundSuite(opener);
    storedSuite(opener, () => url);
    practiceSuite(opener);
    examSuite(opener);
    looksSuite(opener);
  });
}
