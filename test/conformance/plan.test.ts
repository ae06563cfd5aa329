import { expect, it } from 'vitest';
import { Matcher } from '../../engine/match/matcher.ts';
import { naiveMatch } from '../../engine/match/naive-match.ts';
import { capturePath, feed, visibleMoments } from './captures.ts';
import { describeConformance } from './data.ts';
import { FOLDER } from './folder.ts';
import { loadedConditions } from './golden-conditions.ts';

describeConformance('a plan of two thousand conditions', () => {
  it.each(['falco__open-multiple-files_61832b', 'libs__curl_google_26c88b'])(
    'decides every event of %s as the plain walk does',
    async (capture) => {
      const { rules, plan } = await loadedConditions(FOLDER);
      const matcher = new Matcher(plan, 'all');
      const different: number[] = [];
      let matched = 0;
      const sink = visibleMoments((moment) => {
        const found = matcher.match(moment);
        matched += found.length;
        if (found.join() !== naiveMatch(rules, moment, 'all').join()) different.push(moment.event.num);
      });
      await feed(FOLDER, await capturePath(FOLDER, capture), sink);
      expect(different).toEqual([]);
      expect(matched).toBeGreaterThan(0);
    },
  );
});
