import type { Place } from '../place.ts';
import type { SuiteReport } from '../result.ts';
import { failureText } from './failure-text.ts';

/** What went wrong as workflow commands of GitHub Actions, which shows them beside the lines they are about. */
export function githubText({ tests }: SuiteReport): string {
  const lines = tests.flatMap(({ name, findings, failures, place: own }) => [
    ...findings.map(({ message, place }) => command(place ?? own, name, message)),
    ...failures.map((failure) => command(failure.place, name, failureText(failure))),
  ]);
  return lines.map((line) => `${line}\n`).join('');
}

function command({ file, line, column, endLine }: Place, title: string, message: string): string {
  const properties = { file, line, endLine, col: column, title };
  const written = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
  return `::error ${written.join(',')}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
