import type { RuleSet } from '../rules/rule-set.ts';
import { coverageOf } from './coverage.ts';
import { cannotFireGate, requireGate } from './gates.ts';
import { findingOf, placeOf, type Place } from './place.ts';
import type { PreparedSuite } from './prepared-suite.ts';
import type { Coverage, Status, SuiteReport, TestResult } from './result.ts';
import { inputName } from './run-test.ts';
import type { Side } from './test-file.ts';

/** What is said of a file whose tests can't be run, or are skipped; nothing of others. */
export function unpreparedResults({ source, file, ruleSet, skip, diagnostics, tests }: PreparedSuite): TestResult[] {
  if (ruleSet !== undefined) return [];
  const place = placeOf({ source, start: 0, end: 0 });
  const base = { file: source.name, place, failures: [], events: 0, fired: [], group: -1 };
  const names = { positive: [], negative: [], idle: [] };
  if (skip !== undefined && file !== undefined) {
    return tests.map((test) => ({
      ...base,
      ...names,
      name: test.name,
      input: inputName(test),
      place: placeOf(test.span),
      status: 'skipped',
      reason: skip,
      findings: [],
    }));
  }
  const findings = diagnostics.map((one) => findingOf(one));
  return [{ ...base, ...names, name: source.name, input: source.name, status: 'error', findings }];
}

/** Puts results together: coverage of each set of rules, the gates after the tests of their file, counts. */
export function suiteReport(
  results: ReadonlyMap<PreparedSuite, readonly TestResult[]>,
  groups: readonly RuleSet[],
  require: readonly Side[],
): SuiteReport {
  const coverage = groups.map((ruleSet) => groupCoverage(ruleSet, results, require));
  const tests = [...results].flatMap(([suite, found]) => [...found, ...gatesOf(suite, found, groups, coverage)]);
  for (const [group, covered] of coverage.entries()) {
    const suite = [...results.keys()].find(({ ruleSet }) => ruleSet === groups[group]);
    if (suite?.file === undefined) continue;
    const place = placeOf({ source: suite.source, start: 0, end: 0 });
    for (const side of require) tests.push(requireGate(suite.file, side, place, covered, group));
  }
  const count = (status: Status): number => tests.filter((test) => test.status === status).length;
  return {
    tests,
    coverage,
    passed: count('passed'),
    failed: count('failed'),
    errors: count('error'),
    skipped: count('skipped'),
  };
}

function groupCoverage(
  ruleSet: RuleSet,
  results: ReadonlyMap<PreparedSuite, readonly TestResult[]>,
  require: readonly Side[],
): Coverage {
  const suites = [...results].filter(([suite]) => suite.ruleSet === ruleSet);
  const files = suites.flatMap(([{ file }]) => file ?? []);
  const ruleFiles = suites[0]?.[0].ruleFiles ?? [];
  return coverageOf(
    { ruleSet, ruleFiles, files, require },
    suites.flatMap(([, found]) => found),
  );
}

function gatesOf(
  { file, ruleSet }: PreparedSuite,
  found: readonly TestResult[],
  groups: readonly RuleSet[],
  coverage: readonly Coverage[],
): TestResult[] {
  if (file === undefined || ruleSet === undefined) return [];
  const group = groups.indexOf(ruleSet);
  const required = file.require.map(({ side, span }) => {
    const place: Place = placeOf(span);
    return requireGate(file, side, place, coverage[group] as Coverage, group);
  });
  return [...cannotFireGate(file, ruleSet, found, group), ...required];
}
