import { beforeAll, expect, it } from 'vitest';
import { compareSets, type SetOutcome } from './crew.ts';
import { describeConformance } from './data.ts';
import { SETS } from './sets.ts';

/** All sets go on at once, so the first test may wait for nearly all of the work. */
const PATIENCE = 600_000;
const SHOWN = 5;

describeConformance('the answers of the real Falco', () => {
  let outcomes: Promise<SetOutcome>[] = [];
  beforeAll(() => {
    outcomes = compareSets(SETS);
  });

  it.each(SETS.map(({ name }, index) => ({ name, index })))(
    'are those of Creance: $name',
    { timeout: PATIENCE },
    async ({ index }) => {
      const { equal, different, differences } = await (outcomes[index] as Promise<SetOutcome>);
      expect({ different, first: differences.slice(0, SHOWN) }).toEqual({ different: 0, first: [] });
      expect(equal).toBeGreaterThan(0);
    },
  );
});
