/** A suite that the service keeps. */
export interface SuiteEntry {
  readonly name: string;
  readonly version: number;
}

/** A run of a suite. */
export interface RunEntry {
  readonly id: string;
  readonly suite?: string;
  readonly version?: number;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly tests?: number;
  readonly shards: { readonly total: number; readonly done: number };
  readonly createdAt: string;
}

/** How a run of a suite ended. */
export interface TrendEntry {
  readonly run: string;
  readonly createdAt: string;
  readonly version: number;
  readonly tests: number;
  readonly passed: number;
  readonly failed: number;
  readonly errors: number;
  readonly skipped: number;
}

/** A test of a report. */
export interface ReportTest {
  readonly name: string;
  readonly file: string;
  readonly status: 'passed' | 'failed' | 'error' | 'skipped';
  readonly reason?: string;
  readonly failures: readonly {
    readonly expected: string;
    readonly came: readonly string[];
    readonly nearest: readonly string[];
  }[];
  readonly findings: readonly { readonly message?: string }[];
}

/** The report of a run, with what changed since the one that was accepted. */
export interface RunReportJson {
  readonly run: string;
  readonly report: {
    readonly tests: readonly ReportTest[];
    readonly passed: number;
    readonly failed: number;
    readonly errors: number;
    readonly skipped: number;
  };
  readonly difference?: {
    readonly run: string;
    readonly broken: readonly string[];
    readonly mended: readonly string[];
    readonly added: readonly string[];
    readonly removed: readonly string[];
  };
}
