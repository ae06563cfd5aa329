import { describe, expect, it } from 'vitest';
import { githubText } from '../../engine/suite/formats/github.ts';
import { junitText } from '../../engine/suite/formats/junit.ts';
import { sarifText } from '../../engine/suite/formats/sarif.ts';
import { tapText } from '../../engine/suite/formats/tap.ts';
import type { SuiteReport, TestResult } from '../../engine/suite/result.ts';

const place = { file: 'tests/a, b.test.yaml', line: 3, column: 5, endLine: 4, endColumn: 1, start: 20, end: 40 };
const base: TestResult = {
  name: 'a # test',
  file: place.file,
  input: 'story.yaml',
  place,
  status: 'passed',
  failures: [],
  findings: [],
  events: 3,
  fired: [],
  positive: [],
  negative: [],
  idle: [],
  group: 0,
};
const failure = {
  expected: "alert 'A & <B>' once",
  came: ['it did not fire', 'bell \u0007 and half \ud83d'],
  nearest: ['event 3 execve by sh: would fire if proc.name = "x" (is y)'],
  rule: 'A & <B>',
  place,
};
const finding = {
  code: 'TEST_UNKNOWN_RULE',
  severity: 'error',
  message: 'there is no rule: 100%',
  place,
  text: 'error: x\n --> y',
} as const;
const report: SuiteReport = {
  tests: [
    base,
    { ...base, name: 'fails', status: 'failed', failures: [failure] },
    { ...base, name: 'errs', file: 'other.test.yaml', status: 'error', findings: [finding] },
    { ...base, name: 'waits', status: 'skipped', reason: 'no data' },
  ],
  coverage: [],
  passed: 1,
  failed: 1,
  errors: 1,
  skipped: 1,
};

describe('the report of a run', () => {
  it('is JUnit', () => {
    expect(junitText(report)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="creance verify" tests="4" failures="1" errors="1" skipped="1">
  <testsuite name="tests/a, b.test.yaml" tests="3" failures="1" errors="0" skipped="1">
    <testcase classname="tests/a, b.test.yaml" name="a # test" file="tests/a, b.test.yaml" line="3"/>
    <testcase classname="tests/a, b.test.yaml" name="fails" file="tests/a, b.test.yaml" line="3">
      <failure message="expected alert 'A &amp; &lt;B&gt;' once; it did not fire">expected  alert 'A &amp; &lt;B&gt;' once
came      it did not fire
          bell \\x07 and half \\xd83d
nearest   event 3 execve by sh: would fire if proc.name = &quot;x&quot; (is y)
--&gt; tests/a, b.test.yaml:3:5</failure>
    </testcase>
    <testcase classname="tests/a, b.test.yaml" name="waits" file="tests/a, b.test.yaml" line="3">
      <skipped message="no data"/>
    </testcase>
  </testsuite>
  <testsuite name="other.test.yaml" tests="1" failures="0" errors="1" skipped="0">
    <testcase classname="other.test.yaml" name="errs" file="tests/a, b.test.yaml" line="3">
      <error message="there is no rule: 100%">error: x
 --&gt; y</error>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  it('is TAP', () => {
    expect(tapText({ ...report, tests: [base, ...report.tests.slice(2)] })).toBe(`TAP version 14
1..3
ok 1 - a \\# test
not ok 2 - errs
  ---
  file: "other.test.yaml"
  message: |-
    error: x
     --> y
  ...
ok 3 - waits # SKIP no data
`);
  });

  it('is SARIF, with the place of each expectation', () => {
    const { runs } = JSON.parse(sarifText(report, '1.2.3'));
    expect(runs[0].tool.driver).toMatchObject({ name: 'creance', version: '1.2.3' });
    const locations = [
      {
        physicalLocation: {
          artifactLocation: { uri: 'tests/a,%20b.test.yaml' },
          region: { startLine: 3, startColumn: 5, endLine: 4, endColumn: 1 },
        },
      },
    ];
    expect(runs[0].results).toMatchObject([
      { ruleId: 'expectation-not-met', level: 'error', locations },
      { ruleId: 'test-not-run', level: 'error', message: { text: 'errs: there is no rule: 100%' }, locations },
    ]);
    const known = runs[0].tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(runs[0].results.every(({ ruleId }: { ruleId: string }) => known.includes(ruleId))).toBe(true);
  });

  it('is annotations of GitHub Actions, one line each', () => {
    const lines = githubText(report).trimEnd().split('\n');
    const head = '::error file=tests/a%2C b.test.yaml,line=3,endLine=4,col=5,title=';
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(`${head}fails::expected  alert 'A & <B>' once%0Acame      it did not fire%0A`);
    expect(lines[1]).toBe(`${head}errs::there is no rule: 100%25`);
  });
});
