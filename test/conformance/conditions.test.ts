import { expect, it } from 'vitest';
import { describeConformance } from './data.ts';
import {
  conditionCaptures,
  errorDifferences,
  goldenConditions,
  loadConditions,
  matchDifferences,
  warningDifferences,
} from './golden-conditions.ts';

/** Two thousand conditions over this one take longer than the rest together; `compare-conditions.ts` runs it. */
const LONG = 'attack-lite';

describeConformance('conditions', () => {
  const conditions = goldenConditions();
  const loaded = loadConditions(conditions);

  it('are refused with the codes and messages of Falco', () => {
    expect(errorDifferences(conditions)).toEqual([]);
  });

  it('are warned about as Falco does', () => {
    expect(warningDifferences(loaded)).toEqual([]);
  });

  it.each(conditionCaptures(conditions).filter((capture) => capture !== LONG))(
    'match the same events of %s',
    (capture) => {
      expect(matchDifferences(loaded, capture)).toEqual([]);
    },
  );
});
