import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { MAX_DIAGNOSTICS } from '../../engine/model/limits.ts';
import type { Report } from '../../engine/model/report.ts';
import { diagnosticJson } from './diagnostic-json.ts';

/** What was found wrong besides what a run's own report holds. */
export interface Found {
  /** About the rules. */
  readonly warnings: readonly Diagnostic[];
  /** About the trace. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The report of a run as JSON text; times keep all their digits. */
export function reportJson(report: Report, { warnings, diagnostics }: Found): string {
  const time = (value: bigint | undefined): string => (value === undefined ? 'null' : String(value));
  const list = (found: readonly Diagnostic[]): string =>
    JSON.stringify(found.slice(0, MAX_DIAGNOSTICS).map(diagnosticJson));
  return `{${[
    `"events":${report.events}`,
    `"alerts":${report.alerts}`,
    `"firstTime":${time(report.firstTime)}`,
    `"lastTime":${time(report.lastTime)}`,
    `"rules":${JSON.stringify(report.rules)}`,
    `"warnings":${list(warnings)}`,
    `"diagnostics":${list([...report.diagnostics, ...diagnostics])}`,
  ].join(',')}}`;
}
