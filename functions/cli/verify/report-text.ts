import { failureText } from '../../../engine/suite/formats/failure-text.ts';
import type { Coverage, RuleCoverage, SuiteReport, TestResult } from '../../../engine/suite/result.ts';

/** How the report for people is written. */
export interface TextOptions {
  readonly color: boolean;
  /** The whole table of rules, also when something failed. */
  readonly coverage: boolean;
  /** Name passed tests too. */
  readonly verbose: boolean;
}

const COLORS = { red: 31, green: 32, yellow: 33, bold: 1, dim: 2 } as const;
const MARKS = { passed: 'ok', failed: 'FAILED', error: 'ERROR', skipped: 'skipped' } as const;

/** The report of a run for people: failures, coverage, counts. */
export function reportText(report: SuiteReport, options: TextOptions): string {
  const paint = (color: keyof typeof COLORS, text: string): string =>
    options.color ? `\x1b[${COLORS[color]}m${text}\x1b[0m` : text;
  const wrong = report.tests.filter(({ status }) => status === 'failed' || status === 'error');
  const lines: string[] = [];
  for (const test of wrong) lines.push(...testText(test, paint), '');
  if (options.verbose) {
    for (const test of report.tests) lines.push(`${MARKS[test.status].padEnd(7)} ${test.name}`);
    lines.push('');
  }
  for (const coverage of report.coverage) {
    const isGated = coverage.gates > 0;
    const shown = options.coverage || (wrong.length === 0 && isGated) ? 'all' : wrong.length > 0 ? 'none' : 'named';
    lines.push(...coverageText(coverage, shown, paint), '');
  }
  lines.push(...summary(report, wrong, paint), '');
  return lines.join('\n');
}

/** Rows of a table of rules. */
type Shown = 'all' | 'named' | 'none';
type Paint = (color: keyof typeof COLORS, text: string) => string;

function testText(test: TestResult, paint: Paint): string[] {
  const { line, column } = test.place;
  const where = test.input === test.place.file || test.input === test.name ? '' : ` (${test.input})`;
  return [
    `${paint('red', MARKS[test.status])} ${paint('bold', test.name)}${where}`,
    ...(test.failures.length === 0 && test.findings.every(({ place }) => place === undefined)
      ? [paint('dim', `  --> ${test.place.file}:${line}:${column}`)]
      : []),
    ...test.findings.flatMap(({ text }) => text.split('\n').map((one) => `  ${one}`)),
    ...test.failures.flatMap((failure) => indented(failureText(failure), paint)),
  ];
}

function indented(text: string, paint: Paint): string[] {
  return text.split('\n').map((line) => (line.startsWith('-->') ? paint('dim', `  ${line}`) : `  ${line}`));
}

function coverageText({ files, rules, positive, negative }: Coverage, shown: Shown, paint: Paint): string[] {
  const isNamed = ({ positive: some, negative: none, idle, cannotFire }: RuleCoverage): boolean =>
    some + none + idle > 0 || cannotFire !== undefined;
  const rows = shown === 'none' ? [] : rules.filter((rule) => shown === 'all' || isNamed(rule));
  const wide = Math.max(4, ...rows.map(({ rule }) => rule.length));
  const left = rules.length - rows.length;
  return [
    `coverage by ${files.join(', ')}`,
    ...(rows.length === 0 ? [] : [paint('dim', `  ${'rule'.padEnd(wide)}  positive  negative`)]),
    ...rows.map((rule) => `  ${rule.rule.padEnd(wide)}  ${cells(rule, paint)}`),
    ...(shown === 'named' && left > 0 ? [paint('dim', `  and ${left} that no test names; --coverage lists them`)] : []),
    `  ${positive} of ${rules.length} rules with a positive test, ${negative} of ${rules.length} with a negative one`,
  ];
}

function cells(rule: RuleCoverage, paint: Paint): string {
  const off = rule.enabled ? '' : '  switched off';
  if (rule.cannotFire !== undefined) return `can not fire: ${rule.cannotFire}`;
  const cell = (count: number): string => {
    const text = (count === 0 ? '-' : String(count)).padStart(8);
    return count === 0 ? paint('yellow', text) : text;
  };
  const idle = rule.negative === 0 && rule.idle > 0 ? `  silent in ${rule.idle}, but saw nothing` : '';
  return `${cell(rule.positive)}  ${cell(rule.negative)}${idle}${off}`;
}

function summary(report: SuiteReport, wrong: readonly TestResult[], paint: Paint): string[] {
  const files = new Map<string, { passed: number; failed: number; error: number; skipped: number }>();
  for (const { file, status } of report.tests) {
    const counts = files.get(file) ?? { passed: 0, failed: 0, error: 0, skipped: 0 };
    counts[status]++;
    files.set(file, counts);
  }
  const wide = Math.max(0, ...[...files.keys()].map((name) => name.length));
  const rows =
    files.size > 20 ? [] : [...files].map(([file, counts]) => `  ${file.padEnd(wide)}  ${countsText(counts)}`);
  const reasons = new Map<string, number>();
  for (const { status, reason } of report.tests) {
    if (status === 'skipped') reasons.set(reason ?? '', (reasons.get(reason ?? '') ?? 0) + 1);
  }
  const { passed, failed, errors, skipped } = report;
  const counts = countsText({ passed, failed, error: errors, skipped });
  const isGood = wrong.length === 0;
  return [
    ...(files.size > 1 ? ['tests', ...rows] : []),
    ...[...reasons].map(([reason, count]) => `skipped ${count}: ${reason}`),
    ...(wrong.length > 1 && wrong.length <= 40 ? wrong.map(({ name, status }) => `${MARKS[status]} ${name}`) : []),
    paint(isGood ? 'green' : 'red', `${isGood ? 'ok' : 'FAILED'}: ${counts}`),
  ];
}

function countsText(counts: { passed: number; failed: number; error: number; skipped: number }): string {
  const words = [
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.error > 0 ? [`${counts.error} with errors`] : []),
    ...(counts.skipped > 0 ? [`${counts.skipped} skipped`] : []),
  ];
  // Where there is nothing else, that nothing passed is worth a word.
  return [...(counts.passed > 0 || words.length === 0 ? [`${counts.passed} passed`] : []), ...words].join(', ');
}
