import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Exam } from '../../../engine/practice/exam.ts';
import { GROUPS } from '../../../engine/practice/task.ts';
import type { Grade } from '../../../engine/practice/grade.ts';
import type { TaskSummary } from '../../../engine/practice/task-sheet.ts';
import { openRange } from '../../../functions/cli/practice/range.ts';
import { creance } from './terminal-double.ts';

const directory = mkdtempSync(join(tmpdir(), 'creance-practice-'));
/** The first task of each group. */
const FIRST = GROUPS.flatMap((group) =>
  openRange()
    .ids()
    .filter((id) => id.startsWith(`${group}/`))
    .slice(0, 1),
);

describe('creance practice', () => {
  afterAll(() => rmSync(directory, { recursive: true }));
  const practice = (...words: string[]): ReturnType<typeof creance> => creance(['practice', ...words]);
  const folder = (name: string): string => join(directory, name);

  it('lists tasks by group, with what they take', async () => {
    const { code, out } = await practice('list', 'write-rules');
    expect(code).toBe(0);
    expect(out).toMatch(/^write-rules\n/);
    expect(out).toMatch(/ {2}vault-folder-opened +8 min +11 points {2}Tell when a container opens the vault folder\n/);
    const all = JSON.parse((await practice('list', '--json')).out) as TaskSummary[];
    expect(all.map(({ id }) => id)).toEqual(openRange().ids());
  });

  describe.each(FIRST)('of the task %s', (id) => {
    const desk = folder(id.replace('/', '-'));

    it('grades a folder by what stands in it, from the start to the solution', async () => {
      expect(await practice('start', id, '--seed', '7', '-C', desk)).toMatchObject({ code: 0 });
      const begun = await practice('check', '-C', desk);
      expect(begun.code).toBe(1);
      expect(begun.out).toMatch(/not passed yet: \d+ of \d+ points/);
      const { files } = JSON.parse((await practice('solution', '--yes', '--json', '-C', desk)).out) as {
        files: Record<string, string>;
      };
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(desk, path)), { recursive: true });
        writeFileSync(join(desk, path), text);
      }
      const ended = await practice('check', '-C', desk);
      expect(ended.out).toMatch(/\npassed: (\d+) of \1 points/);
      expect(ended.code).toBe(0);
    });

    it('gives what may be seen and no more', async () => {
      const { task } = openRange().open(id, '7');
      const readme = readFileSync(join(desk, 'README.md'), 'utf8');
      for (const { name, shows, visible } of task?.traces ?? []) {
        expect(existsSync(join(desk, `traces/${name}.scap`)), name).toBe(visible);
        if (!visible) expect(readme).not.toContain(shows);
      }
      for (const { about } of task?.checks ?? []) expect(readme).toContain(about);
    });

    it('gives recordings that its own files can be run over', async () => {
      const trace = /creance detect .*/
        .exec(readFileSync(join(desk, 'README.md'), 'utf8'))?.[0]
        .split(' ')
        .slice(1);
      const words = (trace ?? []).map((word) => (/^(etc|traces)\//.test(word) ? join(desk, word) : word));
      expect(await creance(words)).toMatchObject({ code: 0 });
    });
  });

  it('leaves notes, hidden files and copies of editors alone', async () => {
    const desk = folder('notes');
    await practice('start', 'louder-by-override', '-C', desk);
    const local = join(desk, 'etc/falco/falco_rules.local.yaml');
    writeFileSync(join(desk, 'ideas.txt'), 'a second rule?');
    writeFileSync(`${local}~`, 'old');
    writeFileSync(join(desk, 'etc/falco/.local.swp'), 'old');
    const grade = JSON.parse((await practice('check', '--json', '-C', desk)).out) as Grade;
    expect(grade.checks.find(({ about }) => about === 'Only the local file was changed')?.isMet).toBe(true);
  });

  it('says a thing once where it fails several checks', async () => {
    const desk = folder('once');
    await practice('start', 'vault-folder-opened', '-C', desk);
    const { out } = await practice('check', '-C', desk);
    expect(out.match(/'creance check' tells which files load/g)).toHaveLength(1);
    expect(out).toContain("as above: there is no rule 'Vault opened in container'");
  });

  it('does not name the culprit to whoever has done nothing yet', async () => {
    const desk = folder('untouched');
    await practice('start', 'three-lookalikes', '-C', desk);
    const { out } = await practice('check', '-C', desk);
    expect(out).toContain('1 object that was to change is as before');
    expect(out).not.toContain('deployment/');
  });

  it('gives one hint at a time, and the solution only when it is really asked for', async () => {
    const desk = folder('once');
    const first = await practice('hint', '-C', desk);
    const last = await practice('hint', '--level', '3', '-C', desk);
    expect([first.code, last.code]).toEqual([0, 0]);
    expect(first.notes).toContain('hint 1 of 3; more: creance practice hint --level 2');
    expect(last.out).toContain('condition:');
    expect(last.notes).toContain('it was the last one');
    expect(await practice('solution', '-C', desk)).toMatchObject({ code: 2, out: '' });
    expect((await practice('solution', '--yes', '-C', desk)).out).toContain('--- /etc/falco/falco_rules.local.yaml\n');
  });

  it('sets an exam of several tasks and grades it by weights, within its time', async () => {
    const desk = folder('exam');
    const exam = JSON.parse((await practice('exam', '--seed', '5', '--tasks', '3', '-C', desk, '--json')).out) as Exam;
    expect(exam.tasks).toHaveLength(3);
    const none = await practice('check', '-C', desk);
    expect(none).toMatchObject({ code: 1, out: expect.stringMatching(/not passed: 0 of 100, 66 are needed; \d of/) });
    for (const [index, { id }] of exam.tasks.entries()) {
      const { task } = openRange().open(id, '5');
      const place = join(desk, `0${index + 1}-${id.slice(id.indexOf('/') + 1)}`);
      for (const [path, text] of task?.solution.files ?? []) {
        mkdirSync(dirname(join(place, path)), { recursive: true });
        writeFileSync(join(place, path), text);
      }
    }
    expect(await practice('check', '-C', desk)).toMatchObject({
      code: 0,
      out: expect.stringContaining('passed: 100 of 100') as string,
    });
    const note = join(desk, 'exam.json');
    writeFileSync(note, readFileSync(note, 'utf8').replace(/"started":"[^"]*"/, '"started":"2026-01-05T09:00:00Z"'));
    const late = await practice('check', '-C', desk);
    expect(late.code).toBe(1);
    expect(late.out).toMatch(/not passed: 100 of 100, 66 are needed; \d+ minutes after the time/);
    writeFileSync(note, '{}');
    expect(await practice('check', '-C', desk)).toMatchObject({ code: 3 });
  });

  it.each([
    ['a task that is not there', ['start', 'vault-folder-open'], 2, /did you mean vault-folder-opened\?/],
    ['a part of a name', ['start', 'vault'], 2, /did you mean vault-folder-opened\?/],
    ['a folder that is in use', ['start', 'vault-folder-opened', '-C', folder('once')], 3, /is not empty/],
    ['a folder without a task', ['check', '-C', directory], 3, /holds no task: creance practice start TASK/],
    ['a hint that there is not', ['hint', '--level', '9', '-C', folder('once')], 2, /from 1 to 3/],
    ['a seed that is no word', ['start', 'louder-by-override', '--seed', 'a b'], 2, /--seed is a word/],
    ['a group that is not there', ['list', 'write-rule'], 2, /did you mean write-rules\?/],
    ['nothing to do', ['frob'], 2, /list, start, node, check, hint, solution, exam/],
  ])('says what is wrong with %s', async (_, words, code, notes) => {
    const answer = await practice(...words);
    expect(answer.code).toBe(code);
    expect(answer.notes).toMatch(notes);
  });
});
