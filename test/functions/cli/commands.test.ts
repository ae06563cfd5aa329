import { mkdtempSync, rmSync, writeFileSync, existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creance } from './terminal-double.ts';

const folder = mkdtempSync(join(tmpdir(), 'creance-cli-'));
const file = (name: string) => join(folder, name);
const ATTACK = 'scenarios/shell-spawned-in-nginx/scenario.yaml';
const BENIGN = 'scenarios/shell-spawned-in-nginx/benign.yaml';
const ALERT = 'Warning Shell spawned in container (user=root command=sh -c id)';

beforeAll(async () => {
  writeFileSync(
    file('rules.yaml'),
    `- macro: shell_spawned
  condition: (evt.type in (execve, execveat) and container.id != host and proc.name in (ash, bash, csh, ksh, sh, tcsh, zsh, dash))
- rule: Shell Spawned in Container
  desc: Detects when a shell is spawned in a container
  condition: shell_spawned
  output: "Shell spawned in container (user=%user.name command=%proc.cmdline)"
  priority: WARNING
  tags: [container, shell]
`,
  );
  writeFileSync(
    file('broken.yaml'),
    '- rule: a\n  desc: b\n  condition: shel_spawned\n  output: c\n  priority: INFO\n',
  );
  await creance(['simulate', ATTACK, '-o', file('attack.scap')]);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('creance', () => {
  it('tells its commands, and ends with 2 when none is given', async () => {
    expect((await creance(['--help'])).code).toBe(0);
    const bare = await creance([]);
    expect(bare.code).toBe(2);
    for (const name of ['check', 'detect', 'filter', 'simulate', 'convert', 'describe', 'serve']) {
      expect(bare.out).toContain(`\n  ${name} `);
    }
  });

  it('offers the nearest command for a mistyped one', async () => {
    const { code, notes } = await creance(['detct']);
    expect(code).toBe(2);
    expect(notes).toContain('did you mean detect?');
  });
});

describe('creance detect', () => {
  it('finds the shell that nginx spawns, and nothing in the benign twin', async () => {
    const attack = await creance(['detect', '-r', file('rules.yaml'), '-t', ATTACK]);
    expect(attack.code).toBe(0);
    expect(attack.out.trimEnd().split('\n')).toEqual([expect.stringContaining(ALERT)]);
    const benign = await creance(['detect', '-r', file('rules.yaml'), '-t', BENIGN]);
    expect([benign.code, benign.out]).toEqual([0, '']);
  });

  it('gives the same alerts for the scenario, its capture, its gzipped capture and standard input', async () => {
    const alerts = (trace: string, stdin?: Uint8Array) =>
      creance(['detect', '--json', '-r', file('rules.yaml'), '-t', trace], stdin);
    const story = await alerts(ATTACK);
    expect(JSON.parse(story.out)).toMatchObject({ rule: 'Shell Spawned in Container', priority: 'Warning' });
    const capture = readFileSync(file('attack.scap'));
    writeFileSync(file('attack.scap.gz'), gzipSync(capture));
    expect((await alerts(file('attack.scap'))).out).toBe(story.out);
    expect((await alerts(file('attack.scap.gz'))).out).toBe(story.out);
    expect((await alerts('-', capture)).out).toBe(story.out);
  });

  it('prints what a cut capture still tells, and ends with 3', async () => {
    const whole = readFileSync(file('attack.scap'));
    const { code, out, notes } = await creance(
      ['detect', '-r', file('rules.yaml'), '-t', '-'],
      whole.subarray(0, whole.length - 5),
    );
    expect(code).toBe(3);
    expect(out).toContain(ALERT);
    expect(notes).toContain('TRACE_TRUNCATED');
  });

  it('ends with 1 on rules that do not load, and shows the place', async () => {
    const { code, out, notes } = await creance(['detect', '-r', file('broken.yaml'), '-t', ATTACK]);
    expect([code, out]).toEqual([1, '']);
    expect(notes).toContain("Undefined macro 'shel_spawned'");
    expect(notes).toContain('broken.yaml:3:14');
  });

  it.each([
    [['detect', '-t', ATTACK], 2, '-r RULES is missing'],
    [['detect', '-r', 'nowhere.yaml', '-t', ATTACK], 3, 'nowhere.yaml: no such file'],
    [['detect', '-r', 'scenarios/rules', '-t', 'nowhere.scap'], 3, 'nowhere.scap: no such file'],
    [['detect', '-r', 'scenarios/rules', '-t', 'README.md'], 3, 'TRACE_UNKNOWN_ENCODING'],
    [['detect', '-r', 'scenarios/rules', '-t', ATTACK, '--priority', 'loud'], 2, "not 'loud'"],
    [['detect', '-r', 'scenarios/rules', '-t', ATTACK, '--timezone', 'Mars/Base'], 2, 'Mars/Base'],
  ])('%j ends with %i: %s', async (argv, code, message) => {
    const outcome = await creance(argv);
    expect(outcome.notes).toContain(message);
    expect(outcome.code).toBe(code);
  });

  it('sums up which rules fired', async () => {
    const { out } = await creance(['detect', '-r', file('rules.yaml'), '-t', ATTACK, '--summary']);
    expect(out).toMatch(
      /1 alert in \d+ events\n {2}1 {2}Shell Spawned in Container \(Warning\)\n0 of 1 rules never fired/,
    );
  });
});

describe('creance check', () => {
  it('accepts what loads and refuses what does not, each with its exit code', async () => {
    const good = await creance(['check', file('rules.yaml')]);
    expect([good.code, good.out]).toEqual([0, `${file('rules.yaml')}: Ok\n1 rules, 1 of them active\n`]);
    const bad = await creance(['check', file('rules.yaml'), file('broken.yaml'), '--json']);
    expect(bad.code).toBe(1);
    const { falco_load_results: results } = JSON.parse(bad.out);
    expect(results.map((result: { successful: boolean }) => result.successful)).toEqual([true, false]);
    expect(results[1].errors[0].code).toBe('LOAD_ERR_VALIDATE');
  });
});

describe('creance filter', () => {
  it('lists matching events with the fields asked for', async () => {
    const argv = ['filter', '-t', ATTACK, 'evt.type=execve and proc.name=sh', '-f', 'proc.cmdline', 'evt.rawtime'];
    const text = await creance(argv);
    expect(text.out).toMatch(/^\d+ sh -c id \d{19}\n$/);
    const { out } = await creance([...argv, '--json']);
    expect(JSON.parse(out)).toMatchObject({ 'proc.cmdline': 'sh -c id' });
    // All nineteen digits, which a JSON number of JavaScript's own would round.
    expect(/"evt\.rawtime":(\d{19})[,}]/.exec(out)?.[1]).toBe(/(\d{19})\n$/.exec(text.out)?.[1]);
  });

  it('points at what is wrong in a condition', async () => {
    const { code, notes } = await creance(['filter', '-t', ATTACK, 'proc.nam=sh']);
    expect(code).toBe(1);
    expect(notes).toContain('nonexistent field proc.nam');
  });
});

describe('creance simulate and convert', () => {
  it('give the same bytes each time, and lose nothing on the way there and back', async () => {
    const once = await creance(['simulate', ATTACK, '-o', '-', '--to', 'scap']);
    const twice = await creance(['simulate', ATTACK, '-o', '-', '--to', 'scap']);
    expect(once.bytes.equals(twice.bytes)).toBe(true);
    expect((await creance(['convert', file('attack.scap'), file('attack.jsonl.gz')])).code).toBe(0);
    expect((await creance(['convert', file('attack.jsonl.gz'), file('back.scap')])).code).toBe(0);
    expect(readFileSync(file('back.scap')).equals(once.bytes)).toBe(true);
  });

  it('write for old readers too, and say what those can not be shown', async () => {
    const { code, notes } = await creance(['convert', file('attack.scap'), file('old.scap'), '--compat']);
    expect(code).toBe(0);
    expect(notes).toContain('pass over: 1 useradded');
    const played = await creance(['simulate', ATTACK, '-o', '-', '--to', 'scap', '--compat']);
    expect(readFileSync(file('old.scap')).equals(played.bytes)).toBe(true);
    expect((await creance(['convert', file('attack.scap'), file('old.jsonl'), '--compat'])).code).toBe(2);
  });

  it('bring a suite of event-generator along, a file for each test', async () => {
    const open = { type: 'syscall', name: 'o', syscall: 'open', args: { pathname: '/etc/shadow', flags: 0 } };
    const test = (name: string) => ({ name, runner: 'HostRunner', steps: [open], before: 'true' });
    writeFileSync(file('one.yaml'), JSON.stringify({ tests: [test('one')] }));
    writeFileSync(file('two.yaml'), JSON.stringify({ tests: [test('one'), test('two')] }));
    const one = await creance(['convert', file('one.yaml'), file('story.yaml')]);
    expect([one.code, readFileSync(file('story.yaml'), 'utf8')]).toEqual([0, expect.stringContaining('test opens')]);
    expect(one.notes).toContain('a script that runs before it');
    const two = await creance(['convert', file('two.yaml'), file('stories.yaml')]);
    expect([two.code, existsSync(file('stories.two.yaml'))]).toEqual([0, true]);
    expect((await creance(['simulate', file('stories.two.yaml'), '-o', file('two.scap')])).code).toBe(0);
    expect((await creance(['convert', 'scenarios/rules/system.yaml', file('no.yaml')])).code).toBe(1);
  });

  it('leave no file behind when the input is none', async () => {
    expect((await creance(['convert', 'nowhere.scap', file('never.scap')])).code).toBe(3);
    expect([existsSync(file('never.scap')), existsSync(file('never.scap.partial'))]).toEqual([false, false]);
  });

  it('ask for the encoding where the name does not tell', async () => {
    const { code, notes } = await creance(['convert', file('attack.scap'), file('attack.bin')]);
    expect(code).toBe(2);
    expect(notes).toContain('--to scap or --to jsonl');
  });
});

describe('creance describe', () => {
  it('knows fields, events and operators, and keeps those with a word', async () => {
    const { out } = await creance(['describe', 'fields', 'proc.aname']);
    expect(out).toContain('proc.aname[N]');
    expect(JSON.parse((await creance(['describe', 'operators', '--json'])).out).length).toBeGreaterThan(20);
    expect((await creance(['describe', 'events', 'no-such-event'])).code).toBe(1);
    expect((await creance(['describe', 'birds'])).code).toBe(2);
  });
});
