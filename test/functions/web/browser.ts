import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';

/** A browser of the system; undefined where there is none. */
export const BROWSER = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));

/** Chromium gives styles to a text that is put into an editor from outside, which the page's policy takes away again. */
const OF_INSERTING = /^Applying inline style violates/;

/** Pages of one browser, and what they complained about. */
export class PageOpener {
  readonly complaints: string[] = [];
  readonly #browser: Browser;
  readonly #url: string;

  constructor(browser: Browser, url: string) {
    this.#browser = browser;
    this.#url = url;
  }

  static async launch(url: string): Promise<PageOpener> {
    const browser = await chromium.launch({ executablePath: BROWSER as string, args: ['--no-sandbox'] });
    return new PageOpener(browser, url);
  }

  /** Opens an address below the service, or a whole one. Each page is a reader of its own, with nothing kept. */
  async open(
    path: string,
    options: { width?: number; height?: number; scheme?: 'light' | 'dark' } = {},
  ): Promise<Page> {
    const { width = 1440, height = 900, scheme = 'light' } = options;
    const page = await this.#browser.newPage({ viewport: { width, height }, colorScheme: scheme });
    page.on('pageerror', ({ message }) => this.complaints.push(message));
    page.on(
      'console',
      (line) => line.type() === 'error' && !OF_INSERTING.test(line.text()) && this.complaints.push(line.text()),
    );
    await page.goto(path.startsWith('http') ? path : `${this.#url}${path}`);
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

/** What axe finds against WCAG 2.2 AA and good practice: a line for each rule, with the first element that breaks it. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return (await page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes[0].target.join(' ') + ' ' + nodes[0].html.slice(0, 120) + ' ' + (nodes[0].any[0]?.message ?? '')))`)) as string[];
}
