import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { creance } from './terminal-double.ts';

const folder = mkdtempSync(join(tmpdir(), 'creance-agent-cli-'));
const rules = join(folder, 'rules.yaml');
writeFileSync(
  rules,
  `
- rule: Files removed
  desc: d
  condition: evt.type in (unlink, unlinkat)
  output: "%proc.name"
  priority: INFO
`,
);
afterAll(() => rmSync(folder, { recursive: true }));

describe('creance agent', () => {
  it('plan tells which syscalls are recorded, and why', async () => {
    const { code, out } = await creance(['agent', 'plan', '-r', rules]);
    expect(code).toBe(0);
    expect(out).toMatch(/^\d+ syscalls are recorded$/m);
    expect(out).toMatch(/^ {2}unlinkat +Files removed$/m);
    expect(out).toMatch(/^ {2}execve +state: processes$/m);
    expect(out).not.toMatch(/^ {2}close /m);
  });

  it('plan tells the same to machines', async () => {
    const { out } = await creance(['agent', 'plan', '-r', rules, '--json']);
    const { syscalls } = JSON.parse(out) as { syscalls: { syscall: string }[] };
    expect(syscalls.find(({ syscall }) => syscall === 'unlink')).toEqual({
      syscall: 'unlink',
      rules: ['Files removed'],
      state: [],
    });
  });

  it('doctor tells of what is missing how to get it', async () => {
    const { code, out } = await creance(['agent', 'doctor', '--json', '--loader', join(folder, 'none')]);
    expect(code).toBe(1);
    const findings = JSON.parse(out) as { what: string; state: string; fix: string }[];
    const bad = findings.filter(({ state }) => state === 'bad');
    expect(bad.length).toBeGreaterThan(0);
    expect(bad.every(({ fix }) => fix !== '')).toBe(true);
  });

  it.each([
    [['agent'], 2, 'is missing'],
    [['agent', 'recrod'], 2, "'recrod' is none of record, plan, doctor"],
    [['agent', 'plan'], 2, '-r RULES is missing'],
    [['agent', 'record', '--all'], 2, '-o OUT is missing'],
    [['agent', 'record', '-o', join(folder, 'x.scap')], 2, '-r RULES is missing'],
    [['agent', 'record', '--all', '-o', 'x.scap', '--loader', join(folder, 'none')], 3, 'no such file'],
    [['agent', 'record', '--all', '-o', 'x.scap', '--loader', rules, '--ring', '3'], 3, 'no permission'],
    [['agent', 'record', '--all', '-o', 'x.scap', '--loader', process.execPath, '--ring', '3'], 2, 'power of two'],
    [['agent', 'record', '--all', '-o', 'x.scap', '--loader', process.execPath, '--snaplen', 'x'], 2, '--snaplen'],
    [['agent', 'record', '--all', '-o', 'x.scap', '--loader', process.execPath, '--cgroup', '/no/such'], 2, '/no/such'],
  ])('refuses %j', async (words, code, message) => {
    const outcome = await creance(words);
    expect(outcome.notes).toContain(message);
    expect(outcome.code).toBe(code);
  });
});
