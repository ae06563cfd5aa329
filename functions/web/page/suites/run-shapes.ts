import type { SuiteReport } from '../../../client/service-api.ts';

/** A test of a report. */
export type ReportTest = SuiteReport['tests'][number];

/** The report of a run, with what changed since the one that was accepted. */
export interface RunReportJson {
  readonly run: string;
  readonly report: SuiteReport;
  readonly difference?: {
    readonly run: string;
    readonly broken: readonly string[];
    readonly mended: readonly string[];
    readonly added: readonly string[];
    readonly removed: readonly string[];
  };
}
