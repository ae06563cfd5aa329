import type { DiagnosticJson } from '../../../http/diagnostic-json.ts';

/** Findings that are listed; the rest is counted. */
const MOST = 50;
const WORDS = { error: 'error', warning: 'warning', lint: 'advice' } as const;

/** What is said of rules, and how to go to a place in a file. */
export interface FindingsListProps {
  /** Undefined until it is known. */
  readonly loads: boolean | undefined;
  readonly findings: readonly DiagnosticJson[];
  /** The file that is shown, whose name is left out. */
  readonly shown: string;
  /** Shows a stretch of a file, in characters. */
  readonly onShow: (file: string, from: number, to: number) => void;
}

/** What is wrong with the rules: a line for each finding, which leads to its place. */
export function FindingsList({ loads, findings, shown, onShow }: FindingsListProps) {
  const grave = findings.toSorted((a, b) => rank(a) - rank(b));
  return (
    <details class="findings" open={loads === false}>
      <summary>
        <span role="status">
          {loads === undefined ? (
            'Loading …'
          ) : loads ? (
            <span class="state ok">loads in Falco</span>
          ) : (
            <span class="state error">does not load</span>
          )}
          <span class="soft">{loads === undefined ? '' : countWords(findings)}</span>
        </span>
      </summary>
      <ul>
        {grave.slice(0, MOST).map((finding, place) => (
          <li key={place}>
            <button type="button" onClick={() => show(finding, onShow)}>
              <span class={`severity ${finding.severity}`}>{WORDS[finding.severity]}</span>
              <span>
                {finding.message}
                {finding.hint !== undefined && <span class="soft"> · {finding.hint}</span>}
              </span>
              <span class="place number">
                {finding.source === shown ? '' : finding.source} {finding.start?.line}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

function show({ source, start, end }: DiagnosticJson, onShow: FindingsListProps['onShow']): void {
  if (source !== undefined && start !== undefined) onShow(source, start.offset, end?.offset ?? start.offset);
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
