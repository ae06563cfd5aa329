import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** A browser of the system; undefined where there is none. */
export const BROWSER = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));

/** Chromium gives styles to a text that is put into an editor from outside, which the page's policy takes away again. */
const OF_INSERTING = /^Applying inline style violates/;

/** Run before the page's own code: in a new tab, whose session is empty, what other pages kept is forgotten. */
const FORGET = `if (location.protocol === 'http:' && sessionStorage.getItem('opened') === null) {
  localStorage.clear();
  sessionStorage.setItem('opened', '');
}`;

/** How a page is opened. */
interface Opening {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
}

/** Pages of one browser, and what they complained about. */
export class PageOpener {
  readonly #browser: Browser;
  readonly #url: string;
  /** One for all pages: their code is fetched and compiled once. */
  readonly #context: BrowserContext;
  #complaints: string[] = [];

  constructor(browser: Browser, context: BrowserContext, url: string) {
    this.#browser = browser;
    this.#context = context;
    this.#url = url;
  }

  static async launch(url: string): Promise<PageOpener> {
    const browser = await chromium.launch({ executablePath: BROWSER as string, args: ['--no-sandbox'] });
    return new PageOpener(browser, await browser.newContext(), url);
  }

  /** Opens an address below the service, or a whole one. Nothing is kept of the pages before, but for their code. */
  async open(path: string, { width = 1440, height = 900, scheme = 'light' }: Opening = {}): Promise<Page> {
    const page = await this.#context.newPage();
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await page.addInitScript(FORGET);
    page.on('pageerror', ({ message }) => this.#complaints.push(message));
    page.on(
      'console',
      (line) => line.type() === 'error' && !OF_INSERTING.test(line.text()) && this.#complaints.push(line.text()),
    );
    await page.goto(path.startsWith('http') ? path : `${this.#url}${path}`);
    return page;
  }

  /** Closes all pages, and gives what they complained about. */
  async closePages(): Promise<readonly string[]> {
    await Promise.all(this.#context.pages().map((page) => page.close()));
    return this.takeComplaints();
  }

  /** What pages complained about since this was asked last. */
  takeComplaints(): readonly string[] {
    const complaints = this.#complaints;
    this.#complaints = [];
    return complaints;
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
