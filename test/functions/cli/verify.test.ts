import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SuiteReport } from '../../../engine/suite/result.ts';
import { Watch } from '../../../functions/cli/verify/watch.ts';
import { creance } from './terminal-double.ts';

const whole = mkdtempSync(join(tmpdir(), 'creance-verify-'));
let folder = whole;
let count = 0;
const file = (name: string) => join(folder, name);
const write = (name: string, text: string) => writeFileSync(file(name), text);

const RULES = `- rule: Shell started
  desc: d
  condition: evt.type = execve and evt.rawres = 0 and proc.name in (sh, bash)
  output: shell %proc.cmdline
  priority: WARNING
`;
const STORY = `story: A shell starts
actors: { nginx: nginx }
steps:
  - nginx runs: sh -c id
`;
const TEST = `# Kept.
rules: rules.yaml
tests:
  - scenario: story.yaml
    expect:
      - alert: Shell started # kept too
        times: 1
`;

beforeEach(() => {
  folder = join(whole, String(count++));
  mkdirSync(folder);
  write('rules.yaml', RULES);
  write('story.yaml', STORY);
  write('a.test.yaml', TEST);
  vi.stubEnv('GITHUB_ACTIONS', '');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(whole, { recursive: true });
});

/** Rules in which the shell of the story is not one. */
const breakRules = () => write('rules.yaml', RULES.replace('sh, ', ''));

describe('creance verify', () => {
  it('passes with 0, and fails with 1 and the check that decided', async () => {
    const good = await creance(['verify', folder]);
    expect([good.code, good.notes]).toEqual([0, '']);
    expect(good.out).toMatch(/\nok: 1 passed\n$/);
    breakRules();
    const bad = await creance(['verify', folder]);
    expect(bad.code).toBe(1);
    expect(bad.out).toContain('FAILED story (');
    expect(bad.out).toContain("expected  alert 'Shell started' once");
    expect(bad.out).toContain('would fire if proc.name in (bash) (is sh)');
    expect(bad.out).toContain(`--> ${file('a.test.yaml')}:6:9`);
  });

  it.each([
    [['verify'], 2, 'PATH... is missing'],
    [['verify', 'story.yaml'], 2, 'needs -r RULES'],
    [['verify', 'trace.scap'], 3, 'no such file or folder'],
    [['verify', '--threads', '0', '.'], 2, '--threads is a number from 1 to 64'],
    [['verify', '--new', 'story.yaml'], 2, '--new needs -r RULES'],
    [['verify', '--new', 'none.yaml', '-r', 'rules.yaml'], 3, 'no such file'],
    [['verify', '--new', 'story.yaml', 'a.test.yaml'], 2, 'is not expected'],
    [['verify', 'empty'], 3, 'no *.test.yaml in this folder or below'],
  ])('%j ends with %d', async (words, code, said) => {
    mkdirSync(file('empty'));
    const argv = words.map((word) => (/\.(yaml|scap)$|^\.$|^empty$/.test(word) ? file(word) : word));
    const outcome = await creance(argv);
    expect([outcome.code, outcome.out]).toEqual([code, '']);
    expect(outcome.notes).toContain(said);
  });

  it('runs a scenario by what it expects itself, under the rules given', async () => {
    write('story.yaml', `${STORY}expect:\n  - alert: Shell started\n`);
    expect((await creance(['verify', file('story.yaml'), '-r', file('rules.yaml')])).code).toBe(0);
    // Nothing is expected: silence.
    write('story.yaml', STORY);
    const { code, out } = await creance(['verify', file('story.yaml'), '-r', file('rules.yaml')]);
    expect(code).toBe(1);
    expect(out).toContain('expected  silence');
  });

  it('takes other rules in the place of those that test files name', async () => {
    write('other.yaml', RULES.replace('sh, ', ''));
    expect((await creance(['verify', folder, '-r', file('other.yaml')])).code).toBe(1);
    write('falco.yaml', `rules_files: [${file('rules.yaml')}]\nrules: [{ disable: { rule: "*" } }]\n`);
    const { code, out } = await creance(['verify', folder, '--config', file('falco.yaml')]);
    expect(code).toBe(1);
    expect(out).toContain("'Shell started' is switched off by the configuration");
  });

  it('requires tests of every rule, and names those without', async () => {
    const { code, out } = await creance(['verify', folder, '--require-positive', '--require-negative']);
    expect(code).toBe(1);
    expect(out).toContain('FAILED every rule has a test in which it stays silent');
    expect(out).toContain("'Shell started': a test with 'no alert' of it");
    expect(out).toMatch(/FAILED: 2 passed, 1 failed\n$/);
  });

  it('prints JSON, TAP and annotations, and writes JUnit and SARIF', async () => {
    breakRules();
    const json = await creance(['verify', folder, '--json']);
    const report = JSON.parse(json.out) as SuiteReport;
    expect([json.code, report.failed, report.tests[0]?.failures[0]?.rule]).toEqual([1, 1, 'Shell started']);
    expect((await creance(['verify', folder, '--tap'])).out).toMatch(/^TAP version 14\n1\.\.1\nnot ok 1 - story\n/);
    const both = await creance(['verify', folder, '--junit', file('r.xml'), '--sarif', file('r.sarif'), '--github']);
    expect(both.out).toContain('FAILED: 1 failed\n::error file=');
    expect(readFileSync(file('r.xml'), 'utf8')).toContain('<testsuites name="creance verify" tests="1" failures="1"');
    expect(JSON.parse(readFileSync(file('r.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect((await creance(['verify', folder, '--junit', '-'])).out).toMatch(/^<\?xml[^]*<\/testsuites>\n$/);
    vi.stubEnv('GITHUB_ACTIONS', 'true');
    expect((await creance(['verify', folder])).out).toContain('\n::error file=');
    expect(JSON.parse((await creance(['verify', folder, '--json'])).out)).toEqual(report);
  });

  it('writes what came, keeps what is around, and shows the difference', async () => {
    write('story.yaml', `${STORY}  - nginx runs: bash\n`);
    const { code, out, notes } = await creance(['verify', folder, '--update']);
    expect(code).toBe(0);
    expect(out).toContain('-        times: 1\n+        times: 2\n');
    expect(notes).toContain('wrote 1 file');
    expect(readFileSync(file('a.test.yaml'), 'utf8')).toBe(TEST.replace('times: 1', 'times: 2'));
    expect((await creance(['verify', folder, '--update'])).notes).toBe('nothing to write\n');
  });

  it('makes a test of a recording, which passes and fails with the rules', async () => {
    await creance(['simulate', file('story.yaml'), '-o', file('bug.scap.gz')]);
    mkdirSync(file('tests'));
    const made = ['verify', '--new', file('bug.scap.gz'), '-r', file('rules.yaml'), '-o', file('tests/bug.test.yaml')];
    expect(await creance(made)).toMatchObject({ code: 0, out: '', notes: '' });
    expect(readFileSync(file('tests/bug.test.yaml'), 'utf8')).toBe(`about: What the rules say of bug.scap.gz.
rules:
  - ../rules.yaml
tests:
  - name: bug.scap.gz
    trace: ../bug.scap.gz
    expect:
      - alert: Shell started
        output: shell sh -c id
      - no other alerts
`);
    expect((await creance(['verify', file('tests')])).code).toBe(0);
    breakRules();
    expect((await creance(['verify', file('tests')])).code).toBe(1);
    // What is silent makes a test of silence, printed.
    const silent = await creance(['verify', '--new', file('story.yaml'), '-r', file('rules.yaml')]);
    expect(silent.out).toContain('\n  - name: A shell starts\n    scenario: ');
    expect(silent.out).toMatch(/\n {4}expect: \[\]\n$/);
  });

  it('says what is wrong with a recording that ends too early', async () => {
    await creance(['simulate', file('story.yaml'), '-o', file('bug.scap')]);
    writeFileSync(file('bug.scap'), readFileSync(file('bug.scap')).subarray(0, 3_000));
    write('a.test.yaml', 'rules: rules.yaml\ntests: [{ trace: bug.scap, expect: [] }]\n');
    const { code, out } = await creance(['verify', folder]);
    expect([code, out.startsWith('ERROR bug.scap')]).toEqual([1, true]);
  });

  it('gives the same report on several threads', async () => {
    const text = { rules: file('lib/rules'), tests: [{ scenarios: 'lib/**/{scenario,benign}.yaml' }] };
    for (const name of ['rules', 'log-wiping', 'reverse-shell', 'crypto-miner', 'read-shadow']) {
      cpSync(`scenarios/${name}`, file(`lib/${name}`), { recursive: true });
    }
    write('a.test.yaml', JSON.stringify(text));
    const run = async (threads: string) => (await creance(['verify', folder, '--json', '--threads', threads])).out;
    const one = await run('1');
    expect((JSON.parse(one) as SuiteReport).passed).toBeGreaterThan(7);
    expect(await run('3')).toBe(one);
  });
});

describe('watching', () => {
  it('tells of a change below a folder once, when it is quiet again', async () => {
    mkdirSync(file('deep'));
    const watch = new Watch();
    watch.add([folder]);
    let told = 0;
    void watch.changed.then(() => told++);
    for (const text of ['a', 'b', 'c']) write('deep/x.yaml', text);
    await watch.changed;
    watch.close();
    expect(told).toBe(1);
    expect(existsSync(file('deep/x.yaml'))).toBe(true);
  });
});
