import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_PROOF_EVENTS, MAX_PROOF_TESTS } from '../../engine/model/limits.ts';
import type { Task } from '../../engine/practice/task.ts';
import { PracticeRange } from '../../engine/practise.ts';
import { diskFiles } from '../../functions/cli/verify/disk-files.ts';
import { LIBRARY } from '../library.ts';

const range = new PracticeRange(diskFiles(), relative(process.cwd(), `${LIBRARY}practice`));
const task = range.open('repair-and-tune/prove-a-rule', '1').task as Task;
const PATH = '/root/kitchen.test.yaml';
const RULE = task.checks.flatMap(({ demand }) => (demand.kind === 'proof' ? [demand.rule] : []))[0] as string;

/** What the first check of the task says of a test file, with other files beside it. */
async function told(text: string | undefined, others: Readonly<Record<string, string>> = {}): Promise<string> {
  const files = new Map([...task.files, ...Object.entries(others)]);
  if (text === undefined) files.delete(PATH);
  else files.set(PATH, text);
  const { checks } = await range.grade(task, files);
  return checks[0]?.feedback.join('\n') ?? '';
}

const NOTHING = '{ story: Nothing, actors: { a: a }, steps: [{ a opens: /x }] }';

function tests(count: number, scenario = NOTHING): string {
  return `rules: x.yaml\ntests:\n${`  - { scenario: ${scenario}, expect: [] }\n`.repeat(count)}`;
}

describe('tests that prove a rule', () => {
  it.each([
    ['a file that is not there', undefined, `there is no file ${PATH}`],
    ['a file that is no YAML', 'tests: [', `${PATH} can't be read as tests:`],
    ['a key that there is not', 'rules: x\ntets: []\n', "did you mean 'tests'?"],
    ['no tests', 'rules: x\ntests: []\n', 'there is no test'],
    ['too many tests', tests(MAX_PROOF_TESTS + 1), `${MAX_PROOF_TESTS} are run at most`],
    [
      'too many events',
      tests(1, `{ story: Much, actors: { a: a }, steps: [{ a opens: /x, repeat: ${MAX_PROOF_EVENTS} }] }`),
      `play more than ${MAX_PROOF_EVENTS} events`,
    ],
    [
      'a trace, of which there are none',
      'rules: x\ntests:\n  - { trace: x.scap, expect: [] }\n',
      'there is no file /root/x.scap',
    ],
    [
      'a rule that is misspelt',
      tests(1).replace('expect: []', 'expect: [{ no alert: Shell belo }]'),
      "there is no rule 'Shell belo'",
    ],
    ['silence where nothing could fire', tests(3), `tests that want '${RULE}' to fire: 0; asked for: 2`],
  ])('tells of %s', async (_, text, words) => {
    expect(await told(text)).toContain(words);
  });

  it('may name stories that stand in other files that were handed in', async () => {
    const text = 'rules: x\ntests:\n  - { scenario: stories/quiet.yaml, expect: [] }\n';
    expect(await told(text)).toContain('there is no file /root/stories/quiet.yaml');
    expect(await told(text, { '/root/stories/quiet.yaml': NOTHING })).not.toContain('there is no file');
  });

  it('are run by the rules that the task starts from, whatever was made of these', async () => {
    const rules = '/etc/falco/rules.d/kitchen.yaml';
    const { files } = task.solution;
    const broken = new Map([...files, [rules, '- rule: x']]);
    const [whole, without] = [await range.grade(task, files), await range.grade(task, broken)];
    const proofs = (grade: typeof whole) => grade.checks.slice(0, 4).map(({ points }) => points);
    expect(proofs(without)).toEqual(proofs(whole));
    expect(without.passed).toBe(false);
  });
});
