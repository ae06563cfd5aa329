import type { SuiteReport, TestResult } from '../../engine/suite/result.ts';
import type { BaselineDifference, RunReport } from './run.ts';

/** Compares a run with the one that was accepted last, test by test, by the file and the name of each. */
export function differenceTo(accepted: RunReport, report: SuiteReport): BaselineDifference {
  const [before, after] = [byName(accepted.report), byName(report)];
  const broken: string[] = [];
  const mended: string[] = [];
  const alerts: BaselineDifference['alerts'][number][] = [];
  for (const [test, now] of after) {
    const then = before.get(test);
    if (then === undefined) continue;
    if (isGood(then) && !isGood(now)) broken.push(test);
    if (!isGood(then) && isGood(now)) mended.push(test);
    alerts.push(...alertChanges(test, then, now));
  }
  return {
    run: accepted.run,
    broken,
    mended,
    added: [...after.keys()].filter((test) => !before.has(test)),
    removed: [...before.keys()].filter((test) => !after.has(test)),
    alerts,
  };
}

function byName({ tests }: SuiteReport): ReadonlyMap<string, TestResult> {
  return new Map(tests.map((test) => [`${test.file}: ${test.name}`, test]));
}

function isGood({ status }: TestResult): boolean {
  return status === 'passed' || status === 'skipped';
}

function alertChanges(test: string, then: TestResult, now: TestResult): BaselineDifference['alerts'] {
  const counts = (result: TestResult): Map<string, number> =>
    new Map(result.fired.map(({ rule, count }) => [rule, count]));
  const [before, after] = [counts(then), counts(now)];
  const rules = new Set([...before.keys(), ...after.keys()]);
  return [...rules].toSorted().flatMap((rule) => {
    const change = { test, rule, before: before.get(rule) ?? 0, after: after.get(rule) ?? 0 };
    return change.before === change.after ? [] : [change];
  });
}
