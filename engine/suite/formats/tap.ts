import type { SuiteReport, TestResult } from '../result.ts';
import { wrongText } from './failure-text.ts';

/** A report in version 14 of the Test Anything Protocol; what went wrong stands in a YAML block under its test. */
export function tapText({ tests }: SuiteReport): string {
  const lines = tests.flatMap((test, index) => testLines(test, index + 1));
  return ['TAP version 14', `1..${tests.length}`, ...lines, ''].join('\n');
}

function testLines(test: TestResult, number: number): string[] {
  const { name, status, reason, file } = test;
  const isOk = status === 'passed' || status === 'skipped';
  const skip = status === 'skipped' ? ` # SKIP ${oneLine(reason ?? '')}` : '';
  const head = `${isOk ? 'ok' : 'not ok'} ${number} - ${escaped(oneLine(name))}${skip}`;
  if (isOk) return [head];
  const body = wrongText(test)
    .split('\n')
    .map((line) => `    ${line}`);
  return [head, '  ---', `  file: ${JSON.stringify(file)}`, '  message: |-', ...body, '  ...'];
}

/** A hash begins a directive unless it is escaped. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('#', '\\#');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
