import type { RuleSet } from '../rules/rule-set.ts';
import { isCovered } from './coverage.ts';
import { findingOf, placeOf, type Place } from './place.ts';
import type { Coverage, Failure, TestResult } from './result.ts';
import type { Side, TestFile } from './test-file.ts';
import { unknownRule } from './unknown-names.ts';

/** What each side is called in the name of its gate. */
const WORDS = {
  positive: { name: 'every rule has a test in which it fires', expected: 'a test that names it and in which it fires' },
  negative: {
    name: 'every rule has a test in which it stays silent',
    expected: "a test with 'no alert' of it, or a benign.yaml beside its attack, in which it is silent",
  },
} as const;

/** The test that a file's `require` is. */
export function requireGate(file: TestFile, side: Side, place: Place, coverage: Coverage, group: number): TestResult {
  const failures = coverage.rules
    .filter((rule) => !isCovered(rule, side))
    .map((rule): Failure => {
      const came =
        side === 'negative' && rule.idle > 0
          ? `${rule.idle} in which no event comes that it looks at, so that its silence shows nothing`
          : 'no such test passed';
      const off = rule.enabled ? [] : ['the rule is switched off'];
      const expected = `'${rule.rule}': ${WORDS[side].expected}`;
      return { expected, came: [came, ...off], nearest: [], rule: rule.rule, place };
    });
  return gate(WORDS[side].name, file, place, failures, group);
}

/** The test that a file's `cannot fire` is: nothing, when the file has none. */
export function cannotFireGate(
  file: TestFile,
  ruleSet: RuleSet,
  results: readonly TestResult[],
  group: number,
): TestResult[] {
  const [first] = file.cannotFire;
  if (first === undefined) return [];
  const findings = file.cannotFire.flatMap(({ rule, span }) => unknownRule(rule, span, ruleSet));
  const failures = file.cannotFire.flatMap(({ rule, reason, span }): Failure[] => {
    const test = results.find(({ fired }) => fired.some((one) => one.rule === rule));
    if (test === undefined) return [];
    const came = [`it fired in the test '${test.name}'`];
    return [{ expected: `'${rule}' can not fire: ${reason}`, came, nearest: [], rule, place: placeOf(span) }];
  });
  const result = gate('rules that can not fire do not fire', file, placeOf(first.span), failures, group);
  if (findings.length === 0) return [result];
  return [{ ...result, status: 'error', findings: findings.map((one) => findingOf(one)) }];
}

function gate(name: string, file: TestFile, place: Place, failures: readonly Failure[], group: number): TestResult {
  return {
    name,
    file: file.source.name,
    input: file.source.name,
    place,
    status: failures.length === 0 ? 'passed' : 'failed',
    failures,
    findings: [],
    events: 0,
    fired: [],
    positive: [],
    negative: [],
    idle: [],
    group,
  };
}
