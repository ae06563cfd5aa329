import { describe, expect, it } from 'vitest';
import { wrongText } from '../../engine/suite/formats/failure-text.ts';
import { suiteCases, verifyFiles, type Files } from './suite-cases.ts';

interface Broken {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly scenario?: string;
  readonly expect: unknown;
  readonly said: readonly string[];
}

const [{ files }] = suiteCases<{ files: Files }>('story.yaml') as [{ files: Files }];

describe('a rule that is broken on purpose', () => {
  it.each(suiteCases<Broken>('broken-rules.yaml'))('$name', async ({ from, to, scenario, expect: list, said }) => {
    const input = scenario ?? 'story.yaml';
    const text = JSON.stringify({ rules: 'rules.yaml', tests: [{ scenario: input, expect: list }] });
    const rules = files['rules.yaml'] as string;
    expect(rules).toContain(from);
    const whole = await verifyFiles({ ...files, 'the.test.yaml': text });
    expect(whole.tests.map((test) => wrongText(test))).toEqual(['']);
    const { tests } = await verifyFiles({ ...files, 'rules.yaml': rules.replace(from, to), 'the.test.yaml': text });
    const [result] = tests;
    expect(result).toMatchObject({ status: 'failed', name: input.replace('.yaml', ''), input });
    for (const part of said) expect(result && wrongText(result)).toContain(part);
  });
});
