import type { Failure, TestResult } from '../result.ts';

/** What went wrong in a test, as plain lines. */
export function wrongText({ findings, failures }: TestResult): string {
  return [...findings.map(({ text }) => text), ...failures.map((failure) => failureText(failure))].join('\n');
}

/** An expectation that was not met, as plain lines. */
export function failureText({ expected, came, nearest, place }: Failure): string {
  return [
    `expected  ${expected}`,
    ...labelled(
      'came',
      came.map((line) => shortened(line)),
    ),
    ...labelled('nearest', nearest),
    `--> ${place.file}:${place.line}:${place.column}`,
  ].join('\n');
}

/** Lines under a label, ten characters wide. */
function labelled(label: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `${(index === 0 ? label : '').padEnd(8)}  ${line}`);
}

/** Most characters of a line about an alert; what is cut away can be seen in JSON. */
const MOST_SHOWN = 200;

function shortened(line: string): string {
  return line.length <= MOST_SHOWN ? line : `${line.slice(0, MOST_SHOWN)}...`;
}

/** The first thing that went wrong in a test, in one line; empty when nothing did. */
export function firstWrong({ findings, failures }: TestResult): string {
  const [finding] = findings;
  const [failure] = failures;
  if (finding !== undefined) return finding.message;
  return failure === undefined ? '' : `expected ${failure.expected}; ${failure.came[0] ?? ''}`;
}
