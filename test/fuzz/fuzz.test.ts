import { describe, expect, it } from 'vitest';
import { readCases } from './case-file.ts';
import { attempt, explore } from './explore.ts';
import { TARGETS } from './targets.ts';

const cases = readCases();

describe.each(TARGETS.map(({ name, brief }) => [name, brief] as const))('made-up input for %s', (target, brief) => {
  it('does nothing wrong again that it once did', async () => {
    const own = cases.filter((one) => one.target === target);
    const outcomes = await attempt(
      target,
      own.map(({ input }) => input),
    );
    const wrong = own.flatMap(({ name }, i) => (outcomes[i] === undefined ? [] : [`${name}: ${outcomes[i].error}`]));
    expect(wrong).toEqual([]);
  });

  it('finds no crash, no hang and no hunger for memory', async () => {
    const { tried, findings } = await explore({ target, seed: 'test', count: brief, time: 50_000 });
    expect(findings).toEqual([]);
    expect(tried).toBe(brief);
  });
});

describe('cases', () => {
  it('are all of a target', () => {
    const names = TARGETS.map(({ name }) => name);
    expect(cases.filter(({ target }) => !names.includes(target))).toEqual([]);
  });
});
