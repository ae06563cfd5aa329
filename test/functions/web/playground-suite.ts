import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { PageOpener } from './browser.ts';
import { captureOf, chooseFiles, write } from './written.ts';

/** A rule that fires on the first story of the playground. */
export const RULE = `- rule: Mine
  desc: d
  condition: evt.type = connect and proc.name = curl
  output: connected to %fd.name
  priority: NOTICE
`;

/** Writing rules over a story or a recording. */
export function playgroundSuite(pages: () => PageOpener): void {
  describe('the playground', () => {
    it('tells alerts while rules are written, and explains one', async () => {
      const page = await pages().open('/');
      await page.getByRole('tab', { name: 'Alerts 10' }).waitFor();
      await write(page, RULE);
      await page.getByRole('button', { name: /Mine connected to/ }).click();
      await page.getByRole('list', { name: 'Truth table' }).getByText('proc.name = curl').waitFor();
      await page.getByLabel('Values').getByText('203.0.113.9:80').first().waitFor();
      await write(page, RULE.replace('curl', 'wget'));
      await page.getByRole('button', { name: /Mine connected to/ }).waitFor({ state: 'detached' });
      await write(page, RULE.replace('proc.name', 'proc.nme'));
      await page.getByText('does not load', { exact: true }).waitFor();
    });

    it('takes letters as they are typed, completes, mends a slip and goes to a definition', async () => {
      const page = await pages().open('/');
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
      const lines = async (): Promise<string[]> => (await editor.innerText()).trim().split('\n');
      await expect
        .poll(lines, { timeout: 10_000 })
        .toEqual([
          '- rule: Mine',
          '  desc: d',
          '  condition: evt.type = connect and in_containr and fd.name exists',
          '  output: connected',
          '  priority: NOTICE',
        ]);
      // While it is typed there is another error at another place.
      await page.locator('.findings').getByText('in_containr').waitFor();
      await page.locator('.cm-lintRange-error').first().hover();
      await page.getByRole('button', { name: 'Write in_container' }).click();
      await page.getByText('loads in Falco').waitFor();
      await editor.getByText('in_container', { exact: true }).click();
      await page.keyboard.press('F12');
      await page.getByRole('tab', { name: /starter_rules/, selected: true }).waitFor();
      // The tab is told to be open before its lines are drawn.
      await page.locator('.cm-activeLine').getByText('- macro: in_container', { exact: true }).waitFor();
    });

    it('filters events, shows processes, and tells what came near a rule', async () => {
      const page = await pages().open('/');
      await page.getByRole('tab', { name: 'Alerts 10' }).waitFor();
      await page.getByRole('tab', { name: /Processes/ }).click();
      await page.getByRole('button', { name: /^sh → curl/ }).click();
      const filter = page.getByLabel('Filter of events');
      await expect.poll(() => filter.inputValue(), { timeout: 10_000 }).toMatch(/^proc.pid = \d+$/);
      await filter.fill('evt.type = connect');
      await page.getByText('2 events').waitFor();
      await page.getByRole('listbox', { name: 'Events' }).press('ArrowDown');
      await page.getByRole('heading', { name: /^Event \d+ connect$/ }).waitFor();
      await page.getByRole('tab', { name: /Rules/ }).click();
      await page.getByRole('button', { name: /Interactive shell in a container/ }).click();
      await page.getByRole('heading', { name: 'Near misses' }).waitFor();
    });

    it('opens a gzip file of several members, and tells of one that is cut off', async () => {
      const page = await pages().open('/');
      await page.getByRole('tab', { name: 'Alerts 10' }).waitFor();
      const capture = captureOf('intrusions/webshell-to-miner');
      const members = Buffer.concat([gzipSync(capture.subarray(0, 3_000)), gzipSync(capture.subarray(3_000))]);
      const open = page.getByRole('region', { name: 'Trace', exact: true }).getByRole('button', { name: 'Open…' });
      await chooseFiles(page, open, [['two.scap.gz', members]]);
      await page.locator('option', { hasText: 'two.scap.gz' }).first().waitFor({ state: 'attached' });
      await page.getByRole('tab', { name: 'Alerts 10' }).waitFor();
      await chooseFiles(page, open, [['cut.scap.gz', members.subarray(0, -400)]]);
      await page.getByText('the gzip file is damaged or cut off').waitFor();
    });

    it('opens a link as it was sent, without a network too', async () => {
      const page = await pages().open('/');
      await page.getByRole('tab', { name: 'Alerts 10' }).waitFor();
      await write(page, RULE);
      await page.getByRole('button', { name: /Mine connected to/ }).waitFor();
      await page.getByRole('button', { name: 'Share…' }).click();
      // A link is packed while the menu is already there.
      await expect.poll(() => page.getByLabel('Link').inputValue(), { timeout: 10_000 }).toContain('#bench=');
      const link = await page.getByLabel('Link').inputValue();
      const other = await pages().open(link);
      await other.getByText('as it was sent').waitFor();
      await other.getByRole('button', { name: /Mine connected to/ }).waitFor();
      await other.evaluate('navigator.serviceWorker.ready');
      await other.context().setOffline(true);
      try {
        await other.goto('about:blank');
        await other.goto(link);
        await other.getByText('as it was sent').waitFor();
      } finally {
        await other.context().setOffline(false);
      }
    });

    it('refuses a damaged link in words', async () => {
      const page = await pages().open('/#bench=AAAA');
      await page.getByText('the link is damaged').waitFor();
      await page.getByRole('tab', { name: 'Alerts 10' }).waitFor();
    });
  });
}
