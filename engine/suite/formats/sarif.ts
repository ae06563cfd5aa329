import type { Place } from '../place.ts';
import type { SuiteReport, TestResult } from '../result.ts';
import { failureText } from './failure-text.ts';

/** Kinds of results, by their ids. */
const RULES = {
  'expectation-not-met': 'An expectation of a test was not met.',
  'test-not-run': 'A test could not be run.',
} as const;

/** A report as SARIF 2.1.0, with which code hosts show findings beside the lines they are about. */
export function sarifText({ tests }: SuiteReport, version: string): string {
  const driver = {
    name: 'creance',
    version,
    rules: Object.entries(RULES).map(([id, text]) => ({ id, shortDescription: { text } })),
  };
  const results = tests.flatMap((test) => resultsOf(test));
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function resultsOf({ name, findings, failures, place: own }: TestResult): object[] {
  return [
    ...findings.map(({ message, hint, place, severity }) => {
      const text = `${name}: ${message}${hint === undefined ? '' : ` (${hint})`}`;
      return result('test-not-run', severity === 'error' ? 'error' : 'warning', text, place ?? own);
    }),
    ...failures.map((failure) =>
      result('expectation-not-met', 'error', `${name}\n${failureText(failure)}`, failure.place),
    ),
  ];
}

function result(ruleId: keyof typeof RULES, level: 'error' | 'warning', text: string, place: Place): object {
  const { file, line, column, endLine, endColumn } = place;
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  const physicalLocation = { artifactLocation: { uri: encodeURI(file) }, region };
  return { ruleId, level, message: { text }, locations: [{ physicalLocation }] };
}
