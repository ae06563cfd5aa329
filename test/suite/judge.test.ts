import { describe, expect, it } from 'vitest';
import { wrongText } from '../../engine/suite/formats/failure-text.ts';
import { suiteCases, verifyFiles, type Files } from './suite-cases.ts';

interface Judged {
  readonly name: string;
  readonly matching?: string;
  readonly config?: unknown;
  readonly expect: unknown;
  /** Parts of what is said of it; without them the test passes. */
  readonly said?: readonly string[];
}

const [{ files }] = suiteCases<{ files: Files }>('story.yaml') as [{ files: Files }];

describe('expectations', () => {
  it.each(suiteCases<Judged>('judge.yaml'))('$name', async ({ matching, config, expect: list, said = [] }) => {
    // JSON is YAML.
    const head = JSON.stringify({ rules: 'rules.yaml', matching, config });
    const tests = JSON.stringify([{ name: 'the test', scenario: 'story.yaml', expect: list }]);
    const text = `${head.slice(0, -1)}, "tests": ${tests}}`;
    const { tests: results } = await verifyFiles({ ...files, 'the.test.yaml': text });
    expect(results).toHaveLength(1);
    const [result] = results;
    const words = result === undefined ? '' : wrongText(result);
    for (const part of said) expect(words).toContain(part);
    if (said.length === 0) expect(words).toBe('');
    expect(result?.status).toBe(said.length === 0 ? 'passed' : 'failed');
  });
});
