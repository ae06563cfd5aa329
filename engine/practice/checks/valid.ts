import { diagnosticText } from '../../model/diagnostic-text.ts';
import type { Grading } from '../grade.ts';
import type { ValidDemand } from '../task-check.ts';

/** Findings that are shown in full; the rest is counted. */
const MOST = 5;

/** The rules load, and no warning comes that must not. */
export function gradeValid({ without }: ValidDemand, { stack }: Grading): string[] {
  const errors = stack.findings.filter(({ severity }) => severity === 'error');
  const told = without === 'all' ? ['warning', 'lint'] : ['warning'];
  const warnings = stack.findings.filter(
    ({ severity, code }) => told.includes(severity) && (without === 'all' || without.includes(code)),
  );
  // A file is compiled once more with each that follows, and told of again.
  const bad = [...new Set([...errors, ...warnings].map(diagnosticText))];
  const head = errors.length > 0 ? 'Falco would not start with these files:' : 'Falco starts, and warns:';
  if (bad.length === 0) return [];
  const more = bad.length > MOST ? [`and ${bad.length - MOST} more`] : [];
  return [head, ...bad.slice(0, MOST).flatMap((one) => one.split('\n')), ...more];
}
