import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { Source } from '../../../engine/model/source.ts';
import { simulate } from '../../../engine/simulate.ts';
import { openPractice, type PracticeTask, type TaskChoice } from '../../../functions/web/page/judge/practice.ts';
import type { RuleFile } from '../../../functions/web/page/judge/protocol.ts';
import { practiceFiles } from '../../../functions/web/practice-files.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
let site: ReadonlyMap<string, Uint8Array> | undefined;

/** Writes a text in place of what the editor of a panel shows. */
export async function write(page: Page, text: string, panel = '.rules'): Promise<void> {
  await page.locator(`${panel} .cm-content`).waitFor();
  await page.locator(`${panel} .cm-content`).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}

/** Lets a page open files by a button of it: some that are told, or one of this machine. */
export async function chooseFiles(
  page: Page,
  button: Locator,
  files: readonly (readonly [name: string, buffer: Buffer])[] | string,
): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await button.click();
  const mimeType = 'application/octet-stream';
  const given = typeof files === 'string' ? files : files.map(([name, buffer]) => ({ name, mimeType, buffer }));
  await (await choosing).setFiles(given);
}

/** Pastes a text into the terminal. */
const PASTE = `(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text', text);
  document.querySelector('.terminal-line input').dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}`;

/**
 * Types a line into the terminal of a practice task, or pastes several, and waits until it has ended. Time passes fast
 * meanwhile.
 */
export async function typeLine(page: Page, line: string): Promise<void> {
  const terminal = page.getByRole('region', { name: 'Terminal' });
  await terminal.locator('.terminal-prompt').getByText('#').waitFor();
  await terminal.getByLabel('Time').selectOption('60');
  const seen = await terminal.getByRole('log').innerText();
  const command = terminal.getByLabel('Command');
  if (line.includes('\n')) await page.evaluate(`(${PASTE})(${JSON.stringify(`${line.trimEnd()}\n`)})`);
  else {
    await command.fill(line);
    await command.press('Enter');
  }
  await expect.poll(() => terminal.getByRole('log').innerText(), { timeout: 30_000 }).not.toBe(seen);
  await terminal.locator('.terminal-prompt').getByText('#').waitFor();
}

/** Shows a file of a practice task, which is made where there is none. */
export async function showFile(page: Page, path: string): Promise<void> {
  const tab = page.getByRole('tab').filter({ has: page.getByTitle(path, { exact: true }) });
  if ((await tab.count()) > 0) return tab.click();
  await page.getByRole('button', { name: 'New file' }).click();
  await page.getByLabel('Path of the new file').fill(path);
  await page.getByRole('button', { name: 'Create' }).click();
}

/** What passes the task of the vault folder. */
export function vaultRule(folder: string): string {
  return `- rule: Vault opened in container
  desc: Keys of others
  condition: evt.type in (open, openat, openat2) and container.id != host and fd.name startswith ${folder}
  output: vault_access file=%fd.name pod=%k8s.pod.name
  priority: WARNING
`;
}

/** A task with what the site has of it. */
export function choiceOf(id: string, seed: string): TaskChoice {
  site ??= new Map(practiceFiles(ROOT));
  const partsOf = (name: string): RuleFile[] =>
    JSON.parse(new TextDecoder().decode(site?.get(`tasks/${name}.json`))) as RuleFile[];
  return { id, seed, parts: [...partsOf(id), ...partsOf('rules')] };
}

/** The first task of a group, as the page gets it. */
export function taskOfPage(group: string): PracticeTask {
  const [slug] = readdirSync(`${ROOT}/scenarios/practice/${group}`).toSorted();
  return openPractice(choiceOf(`${group}/${slug}`, '1'));
}

/** A story of the library as a recording. */
export function captureOf(name: string): Buffer {
  const chunks: Uint8Array[] = [];
  const text = readFileSync(join(ROOT, 'scenarios', name, 'scenario.yaml'), 'utf8');
  simulate(new Source(name, text), 'scap', (bytes) => chunks.push(bytes));
  return Buffer.concat(chunks);
}

/** Keeps a suite of one story under a rule at a service. */
export async function putSuite(url: string, rule: string): Promise<void> {
  const story = readFileSync(join(ROOT, 'scenarios/shell-spawned-in-nginx/scenario.yaml'), 'utf8');
  const test = 'rules: r.yaml\ntests:\n  - scenario: a.yaml\n    expect:\n      - alerts: 0\n';
  const files = [
    { name: 'r.yaml', text: rule },
    { name: 'a.yaml', text: story },
    { name: 'a.test.yaml', text: test },
  ];
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/v1/suites/first`, { method: 'PUT', headers, body: JSON.stringify({ files }) });
  expect(answer.status).toBe(200);
}
