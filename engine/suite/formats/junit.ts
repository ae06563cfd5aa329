import type { SuiteReport, TestResult } from '../result.ts';
import { firstWrong, wrongText } from './failure-text.ts';

/**
 * A report in the XML that JUnit made common: a suite for each test file, a case for each test. There are no times in it,
 * so that the same run gives the same bytes.
 */
export function junitText({ tests }: SuiteReport): string {
  const byFile = new Map<string, TestResult[]>();
  for (const test of tests) byFile.set(test.file, [...(byFile.get(test.file) ?? []), test]);
  const suites = [...byFile].map(([file, found]) => {
    const head = `  <testsuite name="${escaped(file)}"${countsOf(found)}>`;
    return [head, ...found.map((test) => caseText(test)), '  </testsuite>'].join('\n');
  });
  const head = `<testsuites name="creance verify"${countsOf(tests)}>`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', head, ...suites, '</testsuites>', ''].join('\n');
}

function countsOf(tests: readonly TestResult[]): string {
  const count = (status: TestResult['status']): number => tests.filter((test) => test.status === status).length;
  return ` tests="${tests.length}" failures="${count('failed')}" errors="${count('error')}" skipped="${count('skipped')}"`;
}

function caseText(test: TestResult): string {
  const { name, file, place, status, reason } = test;
  const head = `    <testcase classname="${escaped(file)}" name="${escaped(name)}" file="${escaped(place.file)}" line="${place.line}"`;
  if (status === 'passed') return `${head}/>`;
  const body =
    status === 'skipped'
      ? `      <skipped message="${escaped(reason ?? '')}"/>`
      : wrongElement(status === 'error' ? 'error' : 'failure', test);
  return `${head}>\n${body}\n    </testcase>`;
}

function wrongElement(element: 'error' | 'failure', test: TestResult): string {
  return `      <${element} message="${escaped(firstWrong(test))}">${escaped(wrongText(test))}</${element}>`;
}

/** Text for XML 1.0; what may not be in it at all is shown as its number. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(FORBIDDEN, (letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
