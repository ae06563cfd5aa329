import { describe, expect, it } from 'vitest';
import { suiteCases, verifyFiles, type Files } from './suite-cases.ts';

const [{ files }] = suiteCases<{ files: Files }>('story.yaml') as [{ files: Files }];

/** The attack with its benign twin, in a folder. */
const twins = { 'a/scenario.yaml': files['story.yaml'] as string, 'a/benign.yaml': files['quiet.yaml'] as string };

function run(tests: unknown, head: object = {}, more: Files = {}) {
  return verifyFiles({
    ...files,
    ...twins,
    ...more,
    'the.test.yaml': JSON.stringify({ rules: 'rules.yaml', ...head, tests }),
  });
}

const byRule = async (tests: unknown, head: object = {}) => {
  const [coverage] = (await run(tests, head)).coverage;
  return Object.fromEntries(
    coverage?.rules.map(({ rule, positive, negative, idle }) => [rule, [positive, negative, idle]]) ?? [],
  );
};

const ATTACK = {
  scenario: 'a/scenario.yaml',
  expect: [{ alert: 'Shell started' }, { alert: 'Secret read', times: 2 }],
};

describe('coverage', () => {
  it('counts a rule that is expected by name and fires', async () => {
    expect(await byRule([ATTACK])).toMatchObject({
      'Shell started': [1, 0, 0],
      'Secret read': [1, 0, 0],
      'Secret read too': [0, 0, 0],
    });
  });

  it('does not count what fires without being named, nor a test that fails', async () => {
    expect(await byRule([{ scenario: 'story.yaml', expect: [{ alerts: 3 }] }])).toMatchObject({
      'Secret read': [0, 0, 0],
    });
    const failing = { scenario: 'story.yaml', expect: [{ alert: 'Secret read', times: 2 }, { alerts: 1 }] };
    expect(await byRule([failing])).toMatchObject({ 'Secret read': [0, 0, 0] });
  });

  it('counts the silence of a rule that is named and had something to look at', async () => {
    const silent = { scenario: 'quiet.yaml', expect: [{ 'no alert': 'Secret read' }, { 'no alert': 'Shell started' }] };
    // The story opens a file and starts nothing.
    expect(await byRule([silent])).toMatchObject({ 'Secret read': [0, 1, 0], 'Shell started': [0, 0, 1] });
  });

  it('takes the benign twin of an attack as a negative test of the rules that the attack fires', async () => {
    expect(await byRule([ATTACK, { scenario: 'a/benign.yaml', expect: [] }])).toMatchObject({
      'Secret read': [1, 1, 0],
      'Shell started': [1, 0, 1],
      'Secret read too': [0, 0, 0],
    });
  });

  it('is required where the file says so, and the rules without are told', async () => {
    const report = await run([ATTACK], { require: ['positive', 'negative'] });
    const gates = report.tests
      .slice(1)
      .map(({ name, status, failures }) => [name, status, failures.map(({ rule }) => rule)]);
    expect(gates).toEqual([
      ['every rule has a test in which it fires', 'failed', ['Secret read too', 'Log removed']],
      [
        'every rule has a test in which it stays silent',
        'failed',
        ['Shell started', 'Secret read', 'Secret read too', 'Log removed'],
      ],
    ]);
    expect(report.failed).toBe(2);
  });

  it('takes a rule that can not fire as covered, with the reason', async () => {
    const reason = 'the story has no such event';
    const head = { require: 'positive', 'cannot fire': { 'Log removed': reason, 'Secret read too': 'hidden' } };
    const report = await run([ATTACK], head);
    expect(report.tests.map(({ name, status }) => [name, status])).toEqual([
      ['a/scenario', 'passed'],
      ['rules that can not fire do not fire', 'passed'],
      ['every rule has a test in which it fires', 'passed'],
    ]);
    expect(report.coverage[0]?.rules.at(-1)).toMatchObject({ rule: 'Log removed', cannotFire: reason, enabled: false });
    expect(report.coverage[0]).toMatchObject({ positive: 4, negative: 2 });
  });

  it('fails where a rule that can not fire does', async () => {
    const report = await run([ATTACK], { 'cannot fire': { 'Secret read': 'never' } });
    expect(report.tests[1]?.failures).toMatchObject([
      { rule: 'Secret read', came: ["it fired in the test 'a/scenario'"] },
    ]);
  });

  it('is one for all files that try the same rules', async () => {
    const silent = [{ scenario: 'quiet.yaml', expect: [{ 'no alert': 'Secret read' }] }];
    const report = await run(
      [ATTACK],
      {},
      {
        'x/more.test.yaml': JSON.stringify({
          rules: '../rules.yaml',
          tests: silent.map((one) => ({ ...one, scenario: '../quiet.yaml' })),
        }),
      },
    );
    expect(report.coverage).toHaveLength(1);
    expect(report.coverage[0]?.files).toEqual(['x/more.test.yaml', 'the.test.yaml']);
    expect(report.coverage[0]?.rules[1]).toMatchObject({ positive: 1, negative: 1 });
  });
});

describe('the lists upstream and not upstream of a scenario', () => {
  const story = (lists: string) => `${lists}\n${files['story.yaml']}`;
  const quiet = (lists: string) => `${lists}\n${files['quiet.yaml']}`;
  const tests = [{ scenarios: 'b/*.yaml', expect: 'upstream' }];
  const results = async (attack: string, benign: string) => {
    const report = await run(tests, {}, { 'b/scenario.yaml': attack, 'b/benign.yaml': benign });
    return report.tests.map(({ status, failures, findings }) => [
      status,
      ...failures.map(({ expected }) => expected),
      ...findings.map(({ code }) => code),
    ]);
  };

  it('say what fires and what is silent; a twin is silent where its attack is not', async () => {
    expect(await results(story('upstream: Secret read'), quiet('not upstream: Shell started'))).toEqual([
      ['passed'],
      ['passed'],
    ]);
    expect(await results(story('upstream: [Secret read, Log removed]'), quiet(''))).toEqual([
      ['passed'],
      ['failed', "alert 'Log removed' at least once"],
    ]);
    expect(await results(story('upstream: Secret read'), story(''))).toEqual([
      ['failed', "no alert 'Secret read'"],
      ['passed'],
    ]);
  });

  it('allow a twin its false alarms by name', async () => {
    expect(await results(story('upstream: Secret read'), story('upstream: Secret read'))).toEqual([
      ['passed'],
      ['passed'],
    ]);
  });

  it('know no rule that nobody defines', async () => {
    expect(await results(story('upstream: Secret raed'), quiet(''))).toEqual([
      ['error', 'TEST_UNKNOWN_RULE'],
      ['error', 'TEST_UNKNOWN_RULE'],
    ]);
  });
});

describe('a test file whose rules are absent', () => {
  it('is skipped with the reason that it gives', async () => {
    const text = JSON.stringify({
      rules: ['${DIR:-rules}/none.yaml'],
      'skip unless present': 'no rules here',
      tests: [ATTACK, { scenarios: 'a/*.yaml' }],
    });
    const report = await verifyFiles({ ...files, ...twins, 'the.test.yaml': text });
    expect(report.tests.map(({ status, reason }) => `${status} ${reason}`)).toEqual(
      Array(3).fill('skipped no rules here'),
    );
    expect(report).toMatchObject({ passed: 0, skipped: 3, coverage: [] });
    const present = await verifyFiles(
      { ...files, ...twins, 'here/none.yaml': files['rules.yaml'] as string, 'the.test.yaml': text },
      { variables: new Map([['DIR', 'here']]) },
    );
    expect(present.tests[0]?.status).toBe('passed');
  });
});
