import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { GROUPS } from '../../../engine/practice/task.ts';
import { violations, type PageOpener } from './browser.ts';
import { showFile, taskOfPage, typeLine, vaultRule, write } from './written.ts';

const VAULT = 'Tell when a container opens the vault folder';

async function check(page: Page, verdict: string): Promise<void> {
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByRole('heading', { name: verdict, exact: true }).waitFor();
}

/** Working on practice tasks. */
export function practiceSuite(pages: () => PageOpener): void {
  describe('practice', () => {
    it('grades a task, tells what fails, and remembers that it was solved', async () => {
      const page = await pages().open('/practice');
      await page.getByRole('link', { name: new RegExp(VAULT) }).click();
      await page.getByRole('heading', { name: VAULT }).waitFor();
      const task = await page.getByRole('region', { name: 'Task', exact: true }).innerText();
      const folder = /\/srv\/\w+\//.exec(task)?.[0] ?? '';
      await page.getByRole('tab', { name: /^falco_rules\.yaml/ }).click();
      await page.locator('.task-files .cm-content[aria-readonly=true]').waitFor();
      await page.getByRole('tab', { name: 'falco_rules.local.yaml' }).click();
      await page.locator('.task-files .cm-content:not([aria-readonly])').waitFor();
      await write(page, vaultRule(folder).replace(' and container.id != host', ''), '.task-files');
      await check(page, 'Not passed yet');
      await page.getByText('container.id is `host` outside of any container.').waitFor();
      await page.getByRole('button', { name: 'Hint 1 of 3' }).click();
      await page.getByText('Three things must hold at once').waitFor();
      expect(await violations(page)).toEqual([]);
      await write(page, vaultRule(folder), '.task-files');
      await check(page, 'Passed');
      await page.getByRole('button', { name: 'Solution', exact: true }).click();
      await page.getByText('The slash at the end of the folder').waitFor();
      await page.reload();
      await page.locator('.task-files .cm-content').getByText('vault_access').waitFor();
      await page.getByRole('button', { name: 'Another variant' }).click();
      await page.getByText('variant 2').waitFor();
      await page.getByRole('link', { name: 'All tasks' }).click();
      await page.getByRole('link', { name: /vault folder.*done/ }).waitFor();
    });

    it('tells in its editor what the playground tells: findings with fixes, and where a name is defined', async () => {
      const page = await pages().open('/practice#write-rules/vault-folder-opened');
      await write(page, vaultRule('/srv/').replace('container.id != host', 'in_containr'), '.task-files');
      await page.getByText('does not load', { exact: true }).waitFor();
      await page.locator('.cm-lintRange-error').first().hover();
      await page.getByRole('button', { name: 'Write in_container' }).click();
      await page.getByText('loads in Falco').waitFor();
      await page.locator('.task-files .cm-content').getByText('in_container', { exact: true }).click();
      await page.keyboard.press('F12');
      await page.locator('.cm-activeLine').getByText('- macro: in_container', { exact: true }).waitFor();
    });

    it('fails a task of each group at its start, and passes its solution', async () => {
      const page = await pages().open('/practice');
      await page.getByRole('heading', { name: 'Practice' }).waitFor();
      for (const group of GROUPS) {
        const { sheet, solution } = taskOfPage(group);
        await page.goto(`${new URL(page.url()).origin}/practice#${sheet.id}`);
        await page.getByRole('heading', { name: sheet.title, level: 1, exact: true }).waitFor();
        await check(page, 'Not passed yet');
        for (const { name, text } of solution.files) {
          await showFile(page, name);
          await page.getByRole('tabpanel').getByLabel(name).first().waitFor();
          await write(page, text, '.task-files');
        }
        for (const line of solution.commands) await typeLine(page, line);
        await check(page, 'Passed');
      }
    });

    it('has a terminal on the node of a task, with its history, its editor and its keys', async () => {
      const page = await pages().open('/practice#find-culprit/asks-for-credentials');
      await typeLine(page, 'kubectl get pods -A');
      const screen = page.getByRole('log', { name: 'Output' });
      await screen
        .getByText(/^NAMESPACE/)
        .first()
        .waitFor();
      const line = page.getByLabel('Command');
      await line.fill('cat /etc/fal');
      await line.press('Tab');
      await expect.poll(() => line.inputValue(), { timeout: 10_000 }).toBe('cat /etc/falco/');
      await line.fill('');
      await line.press('Tab');
      await expect.poll(() => page.evaluate('document.activeElement.tagName'), { timeout: 10_000 }).not.toBe('INPUT');
      await line.fill('sleep 1000');
      await line.press('Enter');
      await page.getByRole('button', { name: 'Ctrl-C', disabled: false }).click();
      await screen.getByText('^C').waitFor();
      await line.fill('edit /etc/falco/falco_rules.local.yaml');
      await line.press('Enter');
      await page.getByRole('tab', { name: 'falco_rules.local.yaml', selected: true }).waitFor();
      await write(page, '# from the editor\n', '.task-files');
      await typeLine(page, 'cat /etc/falco/falco_rules.local.yaml');
      await screen.getByText('# from the editor').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.reload();
      await page.getByText('The node as you left it').waitFor();
      await line.press('ArrowUp');
      await expect.poll(() => line.inputValue(), { timeout: 10_000 }).toBe('cat /etc/falco/falco_rules.local.yaml');
    });

    it('opens a trace of a task in the playground', async () => {
      const page = await pages().open('/practice#write-rules/vault-folder-opened', { width: 390, scheme: 'dark' });
      await page.getByRole('button', { name: /Look at it/ }).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      await page.getByRole('button', { name: /Look at it/ }).click();
      await page.locator('option', { hasText: 'vault-folder-opened-node.scap' }).first().waitFor({ state: 'attached' });
    });
  });
}
