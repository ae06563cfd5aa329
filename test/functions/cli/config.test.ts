import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { creance } from './terminal-double.ts';

const folder = mkdtempSync(join(tmpdir(), 'creance-config-'));
const file = (name: string) => join(folder, name);
const ATTACK = 'scenarios/shell-spawned-in-nginx/scenario.yaml';

beforeAll(() => {
  mkdirSync(file('rules.d/deeper.yaml'), { recursive: true });
  writeFileSync(file('shell.yaml'), rule('Shell', 'WARNING', 'evt.type = execve and proc.name = sh'));
  writeFileSync(file('rules.d/b.yaml'), rule('B', 'INFO', 'evt.type = execve and proc.name = id'));
  writeFileSync(file('rules.d/a.yml'), rule('A', 'NOTICE', 'evt.type = execve and proc.name = id'));
  writeFileSync(file('rules.d/not-rules.txt'), 'nothing');
  writeFileSync(file('rules.d/deeper.yaml/c.yaml'), 'broken: [');
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

describe('creance detect --config', () => {
  it('loads the files that exist, in order, and those of a folder by name', async () => {
    const { code, out } = await detect(`{rules_files: [rules.d, nowhere.yaml, shell.yaml], rule_matching: all}`);
    expect([code, messages(out)]).toEqual([0, ['Warning Shell', 'Notice A', 'Informational B']]);
  });

  it('matches the first rule only, unless told otherwise; flags win', async () => {
    const config = '{rules_files: [rules.d], rule_matching: all}';
    expect(messages((await detect(config)).out)).toEqual(['Notice A', 'Informational B']);
    expect(messages((await detect(config, '--matching', 'first')).out)).toEqual(['Notice A']);
    expect(messages((await detect('rules_files: [rules.d]')).out)).toEqual(['Notice A']);
    expect(messages((await detect('rules_files: [rules.d]', '--matching', 'all')).out)).toHaveLength(2);
    expect(messages((await detect(config, '-r', file('shell.yaml'))).out)).toEqual(['Warning Shell']);
    const grave = '{rules_files: [rules.d, shell.yaml], priority: warning}';
    expect(messages((await detect(grave)).out)).toEqual(['Warning Shell']);
    expect(messages((await detect(grave, '--priority', 'notice')).out)).toEqual(['Warning Shell', 'Notice A']);
  });

  it('switches rules off and on, in order', async () => {
    const config = `{rules_files: [rules.d, shell.yaml], rules: [{disable: {rule: "*"}}, {enable: {rule: B}}]}`;
    expect(messages((await detect(config)).out)).toEqual(['Informational B']);
  });

  it('prints alerts in the form that is asked for', async () => {
    const append =
      'append_output: [{match: {rule: Shell}, extra_output: "by %proc.pname", extra_fields: [{w: "%proc.name!"}]}]';
    const text = await detect(`{rules_files: [shell.yaml], time_format_iso_8601: true, ${append}}`);
    expect(text.out).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+\+0000: Warning Shell by nginx\n$/);
    const json = 'json_output: true, json_include_output_property: false, json_include_message_property: true';
    const { out } = await detect(`{rules_files: [shell.yaml], ${json}, json_include_tags_property: false, ${append}}`);
    const alert = JSON.parse(out);
    expect(Object.keys(alert)).toEqual(['hostname', 'message', 'output_fields', 'priority', 'rule', 'source', 'time']);
    expect(alert).toMatchObject({ message: 'Shell by nginx', output_fields: { w: 'sh!', 'proc.pname': 'nginx' } });
  });

  it('puts environment variables in place', async () => {
    vi.stubEnv('CREANCE_TEST_PRIORITY', 'warning');
    const { out } = await detect('{rules_files: [rules.d, shell.yaml], priority: "${CREANCE_TEST_PRIORITY}"}');
    expect(messages(out)).toEqual(['Warning Shell']);
  });

  it('follows config_files, of a folder all', async () => {
    mkdirSync(file('conf.d'));
    writeFileSync(file('conf.d/1.conf'), `rules_files: [${file('shell.yaml')}]`);
    writeFileSync(file('conf.d/2.conf'), 'rule_matching: all');
    const { out } = await detect(`{rules_files: [rules.d], config_files: [${file('conf.d')}]}`);
    expect(messages(out)).toEqual(['Warning Shell', 'Notice A', 'Informational B']);
  });

  it.each([
    ['{rules_files: [nowhere.yaml]}', 2, 'no rule files'],
    ['{rules_files: [shell.yaml], priority: loud}', 1, 'Unknown priority "loud"'],
    ['{rules_files: [shell.yaml], append_output: [{extra_output: "%no.such"}]}', 1, 'LOAD_ERR_COMPILE_OUTPUT'],
  ])('%s ends with %i: %s', async (config, code, message) => {
    const outcome = await detect(config);
    expect(outcome.notes).toContain(message);
    expect([outcome.code, outcome.out]).toEqual([code, '']);
  });

  it('ends with 3 when the file is not there', async () => {
    expect((await creance(['detect', '--config', 'nowhere.yaml', '-t', ATTACK])).code).toBe(3);
  });
});

describe('creance detect --summary', () => {
  it('tells which rules ask what the trace does not carry', async () => {
    writeFileSync(file('names.yaml'), rule('Names', 'INFO', 'evt.type = openat and fd.sip.name = x'));
    const argv = ['detect', '-r', file('names.yaml'), '-t', ATTACK, '--summary'];
    const undecidable = 'fd.sip.name: no table of host names was given';
    expect((await creance(argv)).out).toContain(
      `1 of 1 rules ask what this trace does not carry\n  Names (${undecidable})\n`,
    );
    const { summary } = JSON.parse((await creance([...argv, '--json'])).out);
    expect(summary.rules).toEqual([{ rule: 'Names', priority: 'Informational', enabled: true, fired: 0, undecidable }]);
  });
});

describe('creance check --config', () => {
  it('judges the files that the configuration names, or those given', async () => {
    const path = file('check.yaml');
    writeFileSync(path, inFolder('{rules_files: [shell.yaml, rules.d], rules: [{disable: {rule: A}}]}'));
    expect((await creance(['check', '--config', path])).out).toContain('3 rules, 2 of them active\n');
    expect((await creance(['check', file('shell.yaml'), '--config', path])).out).toContain('1 rules, 1 of them active');
    expect((await creance(['check'])).code).toBe(2);
  });
});

function rule(name: string, priority: string, condition: string): string {
  return `- {rule: ${name}, desc: d, condition: ${condition}, output: ${name}, priority: ${priority}}\n`;
}

/** Puts the folder before the names of rule files. */
function inFolder(config: string): string {
  return config.replace(/rules_files: \[([^\]]*)\]/, (_, names: string) => {
    return `rules_files: [${names
      .split(', ')
      .map((name) => file(name))
      .join(', ')}]`;
  });
}

function detect(config: string, ...flags: string[]) {
  writeFileSync(file('falco.yaml'), inFolder(config));
  return creance(['detect', '--config', file('falco.yaml'), '-t', ATTACK, ...flags]);
}

/** Alerts without their times. */
function messages(out: string): string[] {
  return out.split('\n').flatMap((line) => (line === '' ? [] : [line.replace(/^\S+: /, '')]));
}
