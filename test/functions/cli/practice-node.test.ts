import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Grade } from '../../../engine/practice/grade.ts';
import { openRange } from '../../../functions/cli/practice/range.ts';
import { creance, type Outcome } from './terminal-double.ts';

const directory = mkdtempSync(join(tmpdir(), 'creance-node-'));
const folder = (name: string): string => join(directory, name);
const TASKS = openRange()
  .ids()
  .filter((id) => openRange().open(id, '3').task?.node !== undefined);

/** Lines on the node of a folder. */
function typed(desk: string, lines: string, ...more: readonly string[]): Promise<Outcome> {
  return creance(['practice', 'node', '-C', desk, ...more], lines);
}

describe('creance practice node', () => {
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each(TASKS)('solves %s by what its solution types, and check grades it from the folder', async (id) => {
    const desk = folder(id.replace('/', '-'));
    const { task } = openRange().open(id, '3');
    await creance(['practice', 'start', id, '--seed', '3', '-C', desk]);
    expect(readFileSync(join(desk, 'README.md'), 'utf8')).toContain('creance practice node');
    // The first line is typed in one visit and the others in another.
    const [first = '', ...rest] = task?.solution.commands ?? [];
    await typed(desk, `${first}\n`);
    await typed(desk, rest.join('\n'));
    const { code, out } = await creance(['practice', 'check', '-C', desk]);
    expect(out).toMatch(/\npassed: (\d+) of \1 points/);
    expect(code).toBe(0);
  });

  it('makes the folder of a task that is not begun, and goes on with one that is', async () => {
    const desk = folder('fresh');
    const first = await creance(['practice', 'node', 'asks-for-credentials', '-C', desk], 'sleep 20\ndate\n');
    expect(first).toMatchObject({ code: 0, out: 'Mon Jan 05 09:00:19 UTC 2026\n' });
    expect(first.notes).toContain('work on the node');
    expect(existsSync(join(desk, 'practice.json'))).toBe(true);
    const again = await creance(['practice', 'node', 'asks-for-credentials', '-C', desk], 'date; history | wc -l\n');
    expect(again).toMatchObject({ code: 0, out: 'Mon Jan 05 09:00:20 UTC 2026\n2\n', notes: '' });
  });

  it('takes over what another program writes into the folder, and shows its own files there', async () => {
    const desk = folder('fresh');
    writeFileSync(join(desk, 'root/answers.yaml'), 'pod: guess\n');
    const { out } = await typed(desk, 'cat /root/answers.yaml; echo mine > /root/note\n');
    expect(out).toBe('pod: guess\n');
    expect(readFileSync(join(desk, 'root/note'), 'utf8')).toBe('mine\n');
    await typed(desk, 'rm /root/note\n');
    expect(existsSync(join(desk, 'root/note'))).toBe(false);
  });

  it('reads texts of several lines, ends with exit, and with the code of the last line', async () => {
    const desk = folder('fresh');
    expect(await typed(desk, 'cat <<X\none\ntwo\nX\nfalse\n')).toMatchObject({ code: 1, out: 'one\ntwo\n' });
    expect(await typed(desk, 'true\nexit\nfalse\n')).toMatchObject({ code: 0, out: '' });
    expect(await typed(desk, 'edit /root/x\n')).toMatchObject({
      code: 1,
      out: expect.stringContaining('sed -i') as string,
    });
    expect(await typed(desk, "echo 'open\n")).toMatchObject({
      code: 1,
      notes: expect.stringContaining('not whole') as string,
    });
  });

  it('answers line by line for machines', async () => {
    const { out } = await typed(folder('fresh'), 'echo a\nnothing\n', '--json');
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { line: string; output: string; code: number });
    expect(answers).toMatchObject([
      { line: 'echo a', output: 'a\n', code: 0 },
      { line: 'nothing', code: 127 },
    ]);
  });

  it('says what was done to the service where that was not asked for', async () => {
    const desk = folder('restarted');
    await creance(['practice', 'start', 'a-file-while-it-runs', '-C', desk]);
    await typed(desk, 'systemctl restart falco\nsystemctl stop falco\n');
    const grade = JSON.parse((await creance(['practice', 'check', '--json', '-C', desk])).out) as Grade;
    const told = grade.checks.flatMap(({ feedback }) => feedback);
    expect(told).toContain('the service is stopped, not running');
    expect(told.some((line) => /^the service was restarted at \d\d:\d\d:\d\d$/.test(line))).toBe(true);
    writeFileSync(join(desk, 'var/lib/node/state.json'), '{"service":null}');
    expect((await creance(['practice', 'check', '-C', desk])).out).toContain('nobody was on the node yet');
  });

  it('sees that files were changed in the folder and never read', async () => {
    const desk = folder('unread');
    await creance(['practice', 'start', 'asks-for-credentials', '-C', desk]);
    await typed(desk, 'date\n');
    writeFileSync(join(desk, 'etc/falco/falco_rules.local.yaml'), '- list: more\n  items: [a]\n');
    const before = (await creance(['practice', 'check', '-C', desk])).out;
    expect(before).toContain('has not read what stands in /etc/falco/falco_rules.local.yaml now');
    await typed(desk, 'sleep 1\n');
    expect((await creance(['practice', 'check', '-C', desk])).out).not.toContain('has not read');
  });

  it('shows as a solution what is typed', async () => {
    const { out } = await creance(['practice', 'solution', '--yes', '-C', folder('restarted')]);
    expect(out).toMatch(/^# sed -i .*\n# systemctl reload falco\n/);
    expect(out).not.toContain('state.json');
  });

  it.each([
    ['a task without a node', ['vault-folder-opened'], 2, /needs no node: creance practice start vault-folder-opened/],
    ['a folder without a task', ['-C', directory], 3, /holds no task/],
    ['a task that is not there', ['asks-for-credential'], 2, /did you mean asks-for-credentials\?/],
    ['a speed that is none', ['-C', folder('fresh'), '--speed', '0'], 2, /--speed is a whole number from 1 to 1000/],
  ])('says what is wrong with %s', async (_, words, code, notes) => {
    const answer = await creance(['practice', 'node', ...words]);
    expect(answer.code).toBe(code);
    expect(answer.notes).toMatch(notes);
  });
});
