import type { DiagnosticJson } from '../../../http/diagnostic-json.ts';
import { reveal } from '../editor/reveal.ts';
import { shownFile } from './rule-files.ts';
import { verdict } from './session.ts';

/** Findings that are listed; the rest is counted. */
const MOST = 50;
const WORDS = { error: 'error', warning: 'warning', lint: 'advice' } as const;

/** What is wrong with the rules: a line for each finding, which leads to its place. */
export function FindingsList() {
  const told = verdict.value;
  const findings = told?.findings ?? [];
  const grave = findings.toSorted((a, b) => rank(a) - rank(b));
  return (
    <details class="findings" open={told?.loads === false}>
      <summary>
        <span role="status">
          {told === undefined ? (
            'Loading …'
          ) : told.loads ? (
            <span class="state ok">loads in Falco</span>
          ) : (
            <span class="state error">does not load</span>
          )}
          <span class="soft">{told === undefined ? '' : countWords(findings)}</span>
        </span>
      </summary>
      <ul>
        {grave.slice(0, MOST).map((finding, place) => (
          <li key={place}>
            <button type="button" onClick={() => show(finding)}>
              <span class={`severity ${finding.severity}`}>{WORDS[finding.severity]}</span>
              <span>
                {finding.message}
                {finding.hint !== undefined && <span class="soft"> · {finding.hint}</span>}
              </span>
              <span class="place number">
                {finding.source === shownFile.value ? '' : finding.source} {finding.start?.line}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

function show({ source, start, end }: DiagnosticJson): void {
  if (source === undefined || start === undefined) return;
  shownFile.value = source;
  reveal(source, start.offset, end?.offset ?? start.offset);
}

function rank({ severity }: DiagnosticJson): number {
  return ['error', 'warning', 'lint'].indexOf(severity);
}

function countWords(findings: readonly DiagnosticJson[]): string {
  const counts = (['error', 'warning', 'lint'] as const).map((severity) => {
    const count = findings.filter((one) => one.severity === severity).length;
    if (count === 0) return undefined;
    if (severity === 'lint') return count === 1 ? '1 piece of advice' : `${count} pieces of advice`;
    return `${count} ${WORDS[severity]}${count === 1 ? '' : 's'}`;
  });
  return counts.filter((words) => words !== undefined).join(', ');
}
