import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { creance } from './terminal-double.ts';

const RULES = `- list: shells
  items: [sh, dash]
- rule: Shell
  desc: a shell
  condition: evt.type = execve and container.id != host and proc.name in (shells)
  output: shell %proc.cmdline
  priority: WARNING
`;
const STORY = `story: a container runs something
containers:
  web:
    image: nginx:1.27
actors:
  nginx:
    in: web
    runs: nginx
steps:
  - nginx runs: PROGRAM -c id
`;

describe('creance diff', () => {
  const folder = mkdtempSync(join(tmpdir(), 'creance-diff-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  const old = write('old.yaml', RULES);
  const same = write('same.yaml', `# only a comment more\n${RULES}`);
  const narrow = write('narrow.yaml', RULES.replace('sh, dash', 'dash'));
  const wide = write('wide.yaml', RULES.replace('dash]', 'dash, true]'));
  const broken = write('broken.yaml', RULES.replace('evt.type', 'evt.tipe'));
  const corpus = join(folder, 'corpus');
  write('corpus/one/scenario.yaml', STORY.replace('PROGRAM', 'sh'));
  write('corpus/one/benign.yaml', STORY.replace('PROGRAM', '/bin/true'));
  write('corpus/one/rules.yaml', RULES);
  const plain = write('plain.yaml', STORY.replace('PROGRAM', 'sh'));
  const diff = (from: string, to: string, ...more: string[]): ReturnType<typeof creance> =>
    creance(['diff', '--from', from, '--to', to, ...more]);

  it('begins with a sentence, and names the alerts, the work, the image and the edit', async () => {
    const { code, out } = await diff(old, narrow, '-t', corpus);
    expect(code).toBe(0);
    expect(out).toContain('1 attack is no longer seen.');
    expect(out).toContain('traces   2 traces (1 attack, 1 benign)');
    expect(out).toContain('Shell: 1 alert gone\n    because `sh` taken from list shells\n');
    expect(out).toContain('old.yaml:2');
    expect(out).toContain(`1 x ${join(corpus, 'one/scenario.yaml')} (attack, nginx:1.27)`);
    expect(out).toMatch(/- #\d+ \d\d:\d\d:\d\d\.\d{9}: Warning shell sh -c id/);
  });

  it('says so when nothing differs', async () => {
    expect((await diff(old, same, '-t', corpus)).out).toContain('The two rule sets say the same.');
  });

  it.each([
    ['lost-attack', narrow, 1],
    ['lost-attack', wide, 0],
    ['new-noise', wide, 1],
    ['new-noise', narrow, 0],
    ['any', narrow, 1],
    ['any', wide, 1],
    ['any', same, 0],
  ])('ends with the exit code that --fail-on %s asks for', async (gate, to, code) => {
    expect((await diff(old, to, '-t', corpus, '--fail-on', gate)).code).toBe(code);
  });

  it('takes several gates, of which one is enough', async () => {
    const gates = ['--fail-on', 'new-noise', '--fail-on', 'lost-attack'];
    expect((await diff(old, narrow, '-t', corpus, ...gates)).code).toBe(1);
  });

  it('takes labels where names do not tell', async () => {
    const open = await diff(old, narrow, '-t', plain, '--fail-on', 'lost-attack');
    expect([open.code, open.notes]).toEqual([0, expect.stringContaining('say --attack or --benign')]);
    expect((await diff(old, narrow, '--attack', plain, '--fail-on', 'lost-attack')).code).toBe(1);
    expect((await diff(narrow, old, '--benign', plain, '--fail-on', 'new-noise')).code).toBe(1);
  });

  it('prints one JSON value with every group, edit and place', async () => {
    const { out } = await diff(old, narrow, '-t', corpus, '--json');
    expect(JSON.parse(out)).toMatchObject({
      verdict: '1 attack is no longer seen.',
      totals: { alertsBefore: 1, alertsAfter: 0, vanished: 1, attacksUnseen: 1 },
      version: { level: 'patch' },
      groups: [
        {
          kind: 'vanished',
          rule: 'Shell',
          label: 'attack',
          image: 'nginx:1.27',
          count: 1,
          cause: { how: 'alone', edits: [0] },
          examples: [{ before: { rule: 'Shell', priority: 'Warning' } }],
        },
      ],
      edits: [{ number: 0, kind: 'list item removed', before: 'sh', line: 2, column: 11, alerts: 1 }],
      difference: { lists: { changed: [{ name: 'shells', rules: ['Shell'] }] } },
    });
    expect(out).toMatch(/"time":1767\d{15}[,}]/);
  });

  it('prints Markdown in which nothing of the rules is taken for markup', async () => {
    const odd = write('odd.yaml', RULES.replace('sh, dash', '"<b>@you|x</b>", dash'));
    const { out } = await diff(old, odd, '-t', corpus, '--markdown');
    expect(out).toMatch(/^## 1 attack is no longer seen\.\n/);
    expect(out).toContain('because `sh` taken from list shells');
    expect(out).toContain('| `<b>@you\\|x</b>` added to list shells |');
    expect(out.split('`').filter((_, i) => i % 2 === 0)).not.toContainEqual(expect.stringContaining('<b>'));
  });

  it('tells which side does not load, and ends with 1', async () => {
    const { code, notes } = await diff(old, broken, '-t', corpus);
    expect([code, notes]).toEqual([1, expect.stringMatching(/in the rules after \(--to\):\nerror: [^]*evt\.tipe/)]);
  });

  it('goes on after a trace that cannot be read, and ends with 3', async () => {
    const bad = write('bad/scenario.yaml', STORY.replace('nginx runs: PROGRAM', 'nobody runs: sh'));
    const { code, out, notes } = await diff(old, narrow, '-t', bad, '-t', corpus);
    expect(code).toBe(3);
    expect(notes).toContain("the scenario can't be played");
    expect(out).toContain('1 attack is no longer seen.');
    expect((await diff(old, narrow, '-t', join(folder, 'nothing'))).code).toBe(3);
  });

  it('compares rules by themselves without a trace', async () => {
    expect((await diff(old, narrow)).out).toContain('1 edit; no trace was given');
  });

  it.each([
    [['--to', 'x'], '--from RULES is missing'],
    [['--from', 'x'], '--to RULES is missing'],
    [['--from', old, '--to', old, '--fail-on', 'some'], '--fail-on is one of lost-attack, new-noise, any'],
    [['--from', old, '--to', old, '--json', '--markdown'], 'take one'],
  ])('refuses %j', async (words, message) => {
    const { code, notes } = await creance(['diff', ...words]);
    expect([code, notes]).toEqual([2, expect.stringContaining(message)]);
  });

  it('gives the same bytes twice', async () => {
    const run = () => diff(old, wide, '-t', corpus, '--json').then(({ out }) => out);
    expect(await run()).toBe(await run());
    expect(readFileSync(old, 'utf8')).toBe(RULES);
  });
});
