import { describe, expect, it } from 'vitest';
import { violations, type PageOpener } from './browser.ts';
import { write } from './written.ts';

/** Sitting an exam. */
export function examSuite(pages: () => PageOpener): void {
  describe('an exam', () => {
    it('runs while a page is closed, is handed in, and tells of each task why', async () => {
      const page = await pages().open('/practice');
      await page.getByLabel('Tasks').fill('2');
      await page.getByLabel('Seed').fill('7');
      await page.getByRole('button', { name: 'Begin' }).click();
      const bar = page.getByRole('navigation', { name: 'Exam' });
      await bar.getByRole('timer').waitFor();
      await write(page, '# mine\n', '.task-files');
      await bar.getByText('begun').waitFor({ state: 'attached' });
      expect(await page.getByRole('button', { name: /Hint/ }).count()).toBe(0);
      expect(await violations(page)).toEqual([]);
      await page.reload();
      await page.locator('.task-files .cm-content').getByText('# mine').waitFor();
      await page.getByRole('link', { name: 'All tasks, hand in' }).click();
      await page.getByRole('button', { name: 'Hand in' }).click();
      await page.getByRole('button', { name: 'Yes, hand in without one task' }).click();
      await page.getByRole('heading', { name: 'Not passed', exact: true }).waitFor();
      await page.locator('summary').filter({ hasText: 'in part' }).click();
      await page.getByText('not met').first().waitFor({ state: 'attached' });
      expect(await violations(page)).toEqual([]);
      await page.getByRole('link', { name: 'All of practice' }).click();
      await page.getByRole('region', { name: 'Exam' }).getByText('not passed').waitFor();
    });

    it('is handed in when its time is over', async () => {
      const page = await pages().open('/practice');
      await page.getByRole('button', { name: 'Begin' }).click();
      await page.getByRole('timer').waitFor();
      await page.evaluate(
        `localStorage.setItem('creance-exam', localStorage.getItem('creance-exam').replace(/"startedAt":\\d+/, '"startedAt":1'))`,
      );
      await page.reload();
      await page.getByRole('heading', { name: 'Not passed', exact: true }).waitFor();
    });
  });
}
