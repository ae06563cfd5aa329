import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { creance } from './terminal-double.ts';

const folder = mkdtempSync(join(tmpdir(), 'creance-case-'));
const path = join(folder, 'story.yaml');
writeFileSync(
  path,
  'story: x\ncases: [{ file: /etc/shadow }, { file: /etc/sudoers }]\nactors: { a: a }\nsteps:\n  - a opens: ${file}\n',
);
afterAll(() => rmSync(folder, { recursive: true }));

const FILTER = ['filter', '-t', path, 'evt.type = openat', '-f', 'fd.name'];

describe('a scenario with cases on the command line', () => {
  it('is played in its first case, and the others are told', async () => {
    const { code, out, notes } = await creance(FILTER);
    expect([code, out]).toEqual([0, '1 /etc/shadow\n']);
    expect(notes).toContain('has 2 cases, this is the first one; --case NAME plays another:');
    expect(notes).toContain('  file=/etc/sudoers');
  });

  it('is played in the case that --case names, without a note', async () => {
    expect(await creance([...FILTER, '--case', 'file=/etc/sudoers'])).toMatchObject({
      code: 0,
      out: '1 /etc/sudoers\n',
      notes: '',
    });
    const { out } = await creance(['simulate', path, '-o', '-', '--to', 'jsonl', '--case', 'file=/etc/sudoers']);
    expect([out.includes('/etc/sudoers'), out.includes('/etc/shadow')]).toEqual([true, false]);
  });

  it('is refused when it has no case of that name', async () => {
    const { code, notes } = await creance([...FILTER, '--case', 'file=/etc/sudoer']);
    expect([code, notes.includes("for instance 'file=/etc/sudoers'")]).toEqual([3, true]);
  });
});
