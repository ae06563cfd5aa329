import type { RuleSet } from '../rules/rule-set.ts';
import type { ExpectedOf } from './expected-of.ts';
import { rulesNamed } from './judge.ts';
import type { TestResult } from './result.ts';
import type { TestRun } from './test-run.ts';

/** Rules that a test speaks of by name, by what they did; see `TestResult`. */
export function namesOf(
  { list, twinOf }: ExpectedOf,
  ruleSet: RuleSet,
  run: TestRun,
): Pick<TestResult, 'positive' | 'negative' | 'idle'> {
  const fired = new Set(run.raised.map(({ alert }) => alert.rule));
  const positive = [...rulesNamed(list)].filter((rule) => fired.has(rule));
  const wantedSilent = new Set(list.flatMap((one) => (one.kind === 'no alert' ? [one.rule] : [])));
  for (const rule of twinOf) wantedSilent.add(rule);
  const silent = [...wantedSilent].filter((rule) => !fired.has(rule));
  const active = new Map(ruleSet.active.map((rule) => [rule.name, rule]));
  const saw = (rule: string): boolean => {
    for (const code of active.get(rule)?.eventCodes ?? []) if (run.seenTypes[code] === 1) return true;
    return false;
  };
  return { positive, negative: silent.filter(saw), idle: silent.filter((rule) => active.has(rule) && !saw(rule)) };
}
