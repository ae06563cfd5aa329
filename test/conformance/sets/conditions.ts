import { createHash } from 'node:crypto';
import { Matcher } from '../../../engine/match/matcher.ts';
import { traceWants } from '../../../engine/match/trace-wants.ts';
import { capturePath, feed, visibleMoments } from '../captures.ts';
import type { ConformanceData } from '../conformance-data.ts';
import type { ConformanceSet } from '../conformance-set.ts';
import {
  goldenConditions,
  loadedConditions,
  loadTogether,
  type GoldenCondition,
  type GoldenResults,
} from '../golden-conditions.ts';
import type { Tally } from '../tally.ts';

/** Conditions, each alone in a rule: the events of captures on which it holds, or why Falco refuses it. */
export const CONDITIONS: ConformanceSet = {
  name: 'conditions',
  cases: 'conditions on a capture, refusals, and warnings of a condition',
  units: async (data) => {
    const { accepted } = await goldenConditions(data);
    return [...Object.keys(accepted[0]?.results ?? {}), WARNINGS, REFUSALS];
  },
  compare: (data, unit, tally) => {
    if (unit === REFUSALS) return compareRefusals(data, tally);
    return unit === WARNINGS ? compareWarnings(data, tally) : compareMatches(data, unit, tally);
  },
};

const REFUSALS = 'refusals';
const WARNINGS = 'warnings';
/** Why conditions that the data marks say nothing. */
const ALONE =
  'evt.abspath beside fields of fd: in Falco, reading evt.abspath of an *at event with a relative path replaces the file that later checks see';

async function compareMatches(data: ConformanceData, capture: string, tally: Tally): Promise<void> {
  const { conditions, plan } = await loadedConditions(data);
  const numbers = conditions.map((): number[] => []);
  const matcher = new Matcher(plan, 'all');
  const sink = visibleMoments((moment) => {
    for (const rule of matcher.match(moment)) (numbers[rule] as number[]).push(moment.event.num);
  });
  await feed(data, await capturePath(data, capture), sink, { wants: traceWants(matcher.wantedTypes) });
  conditions.forEach((golden, index) => {
    const found = numbers[index] as readonly number[];
    const { n, nums, sha256 } = (golden.results as GoldenResults)[capture] as GoldenResults[string];
    const reason = golden.alone === true ? ALONE : undefined;
    if (nums === undefined)
      tally.compare(golden.cond, `${n} ${sha256}`, `${found.length} ${sha256Of(found)}`, { reason });
    else tally.compare(golden.cond, nums.join(), found.join(), { reason });
  });
}

async function compareRefusals(data: ConformanceData, tally: Tally): Promise<void> {
  const { prelude, refused } = await goldenConditions(data);
  for (const golden of refused) {
    const [found] = loadTogether(prelude, [golden]).results.flatMap(({ errors }) => errors);
    const { code, message } = golden.error as NonNullable<GoldenCondition['error']>;
    tally.compare(
      golden.cond,
      `${code}: ${message}`,
      found === undefined ? 'no error' : `${found.code}: ${found.message}`,
    );
  }
}

/** Conditions loaded together; of many more not all warnings would be listed. */
const BATCH = 200;

async function compareWarnings(data: ConformanceData, tally: Tally): Promise<void> {
  const { prelude, accepted } = await goldenConditions(data);
  for (let at = 0; at < accepted.length; at += BATCH) {
    const batch = accepted.slice(at, at + BATCH);
    const warnings = loadTogether(prelude, batch).results.flatMap((result) => result.warnings);
    const byRule = Map.groupBy(warnings, ({ locations }) => ruleAt(locations));
    for (const { id, cond, warnings: expected = [] } of batch) {
      const found = (byRule.get(id) ?? []).map(({ code }) => code);
      tally.compare(cond, [...expected].sort().join(), found.sort().join());
    }
  }
}

function ruleAt(
  locations: readonly { readonly itemType: string; readonly itemName: string }[] = [],
): string | undefined {
  return locations.find(({ itemType }) => itemType === 'rule')?.itemName;
}

function sha256Of(numbers: readonly number[]): string {
  return createHash('sha256').update(numbers.join()).digest('hex');
}
