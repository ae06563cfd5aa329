import type { RuleSet } from '../rules/rule-set.ts';
import type { Coverage, RuleCoverage, TestResult } from './result.ts';
import type { Side, TestFile } from './test-file.ts';

/** Test files that try the same rules. */
export interface CoverageGroup {
  readonly ruleSet: RuleSet;
  readonly ruleFiles: readonly string[];
  readonly files: readonly TestFile[];
  /** Sides that the caller requires. */
  readonly require: readonly Side[];
}

/** What tests say of each rule of a group. */
export function coverageOf(
  { ruleSet, ruleFiles, files, require }: CoverageGroup,
  results: readonly TestResult[],
): Coverage {
  const positive = countNames(results, ({ positive: names }) => names);
  const negative = countNames(results, ({ negative: names }) => names);
  const idle = countNames(results, ({ idle: names }) => names);
  const reasons = new Map(files.flatMap(({ cannotFire }) => cannotFire.map(({ rule, reason }) => [rule, reason])));
  const active = new Set(ruleSet.active);
  const rules = ruleSet.rules.map((rule): RuleCoverage => {
    const reason = reasons.get(rule.name);
    return {
      rule: rule.name,
      positive: positive.get(rule.name) ?? 0,
      negative: negative.get(rule.name) ?? 0,
      idle: idle.get(rule.name) ?? 0,
      ...(reason !== undefined && { cannotFire: reason }),
      enabled: active.has(rule),
    };
  });
  return {
    files: files.map(({ source }) => source.name),
    ruleFiles,
    rules,
    positive: rules.filter((rule) => isCovered(rule, 'positive')).length,
    negative: rules.filter((rule) => isCovered(rule, 'negative')).length,
    gates: new Set([...require, ...files.flatMap((file) => file.require.map(({ side }) => side))]).size,
  };
}

/** Whether a rule has a test on a side. One that can not fire needs none. */
export function isCovered(rule: RuleCoverage, side: 'positive' | 'negative'): boolean {
  return rule[side] > 0 || rule.cannotFire !== undefined;
}

function countNames(
  results: readonly TestResult[],
  names: (result: TestResult) => readonly string[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const result of results) for (const name of names(result)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
