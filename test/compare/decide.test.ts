import { describe, expect, it } from 'vitest';
import { decide } from '../../engine/match/naive-match.ts';
import { checked, decideCases } from './compare-cases.ts';
import { MOMENTS } from './moments.ts';

describe('a checked condition', () => {
  for (const { moment, holds, fails } of decideCases()) {
    const verdict = (condition: string) => {
      const { condition: tree, diagnostics } = checked(condition);
      if (tree === undefined) throw new Error(diagnostics[0]?.message);
      return decide(tree, (MOMENTS[moment] as (typeof MOMENTS)[string])());
    };
    it.each(holds)(`${moment}: %s holds`, (condition) => expect(verdict(condition)).toBe(true));
    it.each(fails)(`${moment}: %s fails`, (condition) => expect(verdict(condition)).toBe(false));
  }
});
