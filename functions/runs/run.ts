import type { SuiteReport, TestResult } from '../../engine/suite/result.ts';

/** What a run does, decided before it begins. Written once; its id is the hash of all but `createdAt`. */
export interface RunPlan {
  readonly format: 1;
  readonly id: string;
  readonly suite: { readonly name: string; readonly version: number };
  /** A stored rule set in place of the rules that test files name. */
  readonly ruleSet?: string | undefined;
  /** The version of Creance that judges. */
  readonly engine: string;
  /** Counts tries to run the same again; 1 unless asked for. */
  readonly attempt: number;
  readonly tests: number;
  /** Numbers of tests, from the first to before the second. */
  readonly shards: readonly (readonly [from: number, to: number])[];
  /** RFC 3339, UTC. */
  readonly createdAt: string;
}

/** What one shard came to: results of each of its tests, which may have several cases. */
export interface ShardResult {
  readonly format: 1;
  readonly results: readonly (readonly TestResult[])[];
}

/** How far a run is. */
export interface RunState {
  readonly plan: RunPlan;
  readonly state: 'running' | 'done' | 'cancelled';
  /** Numbers of shards that are not done. */
  readonly missing: readonly number[];
}

/** What changed since the run that was accepted last. */
export interface BaselineDifference {
  /** The accepted run. */
  readonly run: string;
  /** Names of tests that are not passed any more, are passed now, came and went. */
  readonly broken: readonly string[];
  readonly mended: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Tests in which rules fire more or less often than they did. */
  readonly alerts: readonly {
    readonly test: string;
    readonly rule: string;
    readonly before: number;
    readonly after: number;
  }[];
}

/** The report of a run that is done. */
export interface RunReport {
  readonly run: string;
  readonly suite: RunPlan['suite'];
  readonly ruleSet?: string | undefined;
  readonly engine: string;
  readonly report: SuiteReport;
}
