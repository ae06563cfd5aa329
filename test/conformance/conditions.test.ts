import { expect, it } from 'vitest';
import { Matcher } from '../../engine/match/matcher.ts';
import { naiveMatch } from '../../engine/match/naive-match.ts';
import { describeConformance } from './data.ts';
import {
  conditionCaptures,
  errorDifferences,
  goldenConditions,
  loadConditions,
  matchDifferences,
  warningDifferences,
} from './condition-differences.ts';
import { replay } from './replay.ts';

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

  it.each(['falco__open-multiple-files_61832b', 'libs__curl_google_26c88b'])(
    'are decided as the plain walk decides them on every event of %s',
    (capture) => {
      const matcher = new Matcher(loaded.plan, 'all');
      const different: number[] = [];
      replay(capture, (moment) => {
        const found = matcher.match(moment).join();
        if (found !== naiveMatch(loaded.rules, moment, 'all').join()) different.push(moment.event.num);
      });
      expect(different).toEqual([]);
    },
  );
});
