import { describe, expect, it } from 'vitest';
import { suiteCases, verifyFiles, type Files } from './suite-cases.ts';

const [{ files }] = suiteCases<{ files: Files }>('story.yaml') as [{ files: Files }];

const run = (text: string, more: Files = {}) => verifyFiles({ ...files, ...more, 'in/the.test.yaml': text });
const names = async (text: string, more: Files = {}) =>
  (await run(text, more)).tests.map(({ name, status }) => `${status} ${name}`);

describe('a test file', () => {
  it('names its tests by what they run, in order', async () => {
    const story = files['story.yaml'] as string;
    const text = `
rules: ../rules.yaml
tests:
  - { scenarios: ["b/**/*.yaml", a.yaml], expect: [{ alerts: 3 }] }
  - { name: two, scenarios: "b/*/*.yaml", expect: [{ alerts: 3 }] }
  - { name: one, scenario: a.yaml, expect: [{ alerts: 3 }] }
  - { scenario: { story: Nothing much, actors: { sh: sh }, steps: [sh exits] }, expect: [] }
`;
    expect(await names(text, { 'in/a.yaml': story, 'in/b/x/1.yaml': story, 'in/b/y.yaml': story })).toEqual([
      'passed b/x/1',
      'passed b/y',
      'passed a',
      'passed two',
      'passed one',
      'passed Nothing much',
    ]);
  });

  it('runs each case of a scenario, and names those that fail', async () => {
    const story = [
      'story: A shell starts',
      'cases: [{ shell: sh }, { shell: ksh }]',
      'actors: { nginx: nginx }',
      'steps: [{ nginx runs: "${shell} -c id" }]',
    ].join('\n');
    const text = 'rules: ../rules.yaml\ntests: [{ scenario: a.yaml, expect: [{ alert: Shell started }] }]';
    expect(await names(text, { 'in/a.yaml': story })).toEqual(['passed a [shell=sh]', 'failed a [shell=ksh]']);
  });

  it('takes its configuration from a file or from itself, and matching from there unless it says otherwise', async () => {
    const test = 'tests: [{ scenario: ../story.yaml, expect: [{ alert: Secret read too, times: 2 }] }]';
    const config = 'rule_matching: all\nrules_files: []\n';
    expect(await names(`rules: ../rules.yaml\nconfig: falco.yaml\n${test}`, { 'in/falco.yaml': config })).toEqual([
      'passed ../story',
    ]);
    expect(await names(`rules: ../rules.yaml\nconfig: { rule_matching: all }\n${test}`)).toEqual(['passed ../story']);
    expect(await names(`rules: ../rules.yaml\nconfig: { rule_matching: all }\nmatching: first\n${test}`)).toEqual([
      'failed ../story',
    ]);
  });

  it('knows names of addresses from a table', async () => {
    const rules = `
- rule: Call
  desc: d
  condition: evt.type = connect and fd.sip.name = evil.example
  output: o
  priority: INFO
`;
    const story = 'story: x\nactors: { sh: sh }\nsteps: [{ sh connects to: "203.0.113.9:443" }]\n';
    const test = (hosts: string) => `rules: r.yaml\n${hosts}tests: [{ scenario: s.yaml, expect: [{ alert: Call }] }]`;
    const more = { 'in/r.yaml': rules, 'in/s.yaml': story, 'in/hosts': '203.0.113.9 evil.example\n' };
    expect(await names(test('hosts: hosts\n'), more)).toEqual(['passed s']);
    expect(await names(test(''), more)).toEqual(['failed s']);
  });

  it('tells the place of an expectation in a story that is written in it', async () => {
    const text = `rules: ../rules.yaml
tests:
  - scenario:
      story: A shell
      actors: { nginx: nginx }
      steps:
        - nginx runs: id
      expect:
        - alert: Shell started
`;
    const { tests } = await run(text);
    const place = tests[0]?.failures[0]?.place;
    expect([tests[0]?.name, place?.line, text.slice(place?.start, place?.end).trim()]).toEqual([
      'A shell',
      9,
      'alert: Shell started',
    ]);
  });

  it('has a bound on its patterns, which are compared with every file', async () => {
    const patterns = Array.from({ length: 501 }, (_, number) => `${number}/**/*.yaml`);
    const { tests } = await run(JSON.stringify({ rules: '../rules.yaml', tests: [{ scenarios: patterns }] }));
    expect(tests).toMatchObject([{ status: 'error', findings: [{ code: 'LIMIT_TEST_PATTERNS' }] }]);
  });

  it('says that there are more alerts than are judged', async () => {
    const rules = '- rule: Any\n  desc: d\n  condition: evt.num >= 0\n  output: o\n  priority: INFO\n';
    const story = 'story: x\nactors: { sh: sh }\nsteps: [{ sh opens: /x, repeat: 60000 }]\n';
    const text = 'rules: r.yaml\ntests: [{ scenario: s.yaml, expect: [{ alert: Any, at least: 1 }] }]';
    const { tests } = await run(text, { 'in/r.yaml': rules, 'in/s.yaml': story });
    expect(tests[0]).toMatchObject({ status: 'error', findings: [{ code: 'LIMIT_ALERTS_JUDGED' }] });
  });
});
