import type { Browser, Page } from 'playwright-core';

/** Milliseconds, in the order in which they were measured. */
export type Figures = readonly number[];

/** A page as somebody sees it who was never here. */
export async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  return page;
}

/** Milliseconds from the beginning of the load to the first verdict. */
export async function firstVerdict(page: Page): Promise<number> {
  await verdicts(page, 1);
  const ends = "performance.getEntriesByName('verdict').map((one) => one.startTime + one.duration)";
  return ((await page.evaluate(ends)) as number[])[0] as number;
}

/** Time in which the page makes columns of the trace, while somebody reads. */
const REST_MS = 10_000;

/** Opens a trace and edits a rule again and again; each edit asks for another file. */
export async function editedRules(
  page: Page,
  file: string,
  times: number,
): Promise<{ readonly events: string; readonly opened: number; readonly first: Figures; readonly edits: Figures }> {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('region', { name: 'Trace', exact: true }).getByRole('button', { name: 'Open…' }).click();
  const started = performance.now();
  await (await choosing).setFiles(file);
  await page.getByText('busy.scap').first().waitFor({ state: 'attached' });
  await verdicts(page, 2);
  const opened = performance.now() - started;
  const events = await page.locator('.facts .number').innerText();
  const first = await editsOf(page, 0, times / 2);
  await page.waitForTimeout(REST_MS);
  return { events: events.split(' ')[0] as string, opened, first, edits: await editsOf(page, times, times * 2) };
}

/** How long an edit waits for its verdict, for each of some edits. */
async function editsOf(page: Page, from: number, to: number): Promise<Figures> {
  const edits: number[] = [];
  for (let i = from; i < to; i++) {
    const seen = (await page.evaluate("performance.getEntriesByName('verdict').length")) as number;
    await write(page, ruleOf(i));
    await verdicts(page, seen + 1);
    edits.push((await page.evaluate("performance.getEntriesByName('verdict').at(-1).duration")) as number);
  }
  return edits;
}

/** Waits until there were so many verdicts. The page's policy lets no text become code, so the page is asked again and again. */
async function verdicts(page: Page, count: number): Promise<void> {
  while (((await page.evaluate("performance.getEntriesByName('verdict').length")) as number) < count) {
    await page.waitForTimeout(20);
  }
}

async function write(page: Page, text: string): Promise<void> {
  await page.locator('.rules .cm-content').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}

function ruleOf(number: number): string {
  return `- rule: Mine
  desc: d
  condition: evt.type in (open, openat) and fd.name startswith /var/lib/data/${number} and proc.name != cat
  output: opened %fd.name by %proc.cmdline
  priority: NOTICE
`;
}
