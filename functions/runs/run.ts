import type { SuiteReport, TestResult } from '../../engine/suite/result.ts';

/** What every run has that is decided before it begins. */
interface Planned {
  readonly format: 1;
  /** The hash of what the run does. */
  readonly id: string;
  /** The version of Creance that judges. */
  readonly engine: string;
  /** Counts tries to run the same again; 1 unless asked for. */
  readonly attempt: number;
  /** Numbers of tests, from the first to before the second. */
  readonly shards: readonly (readonly [from: number, to: number])[];
  /** RFC 3339, UTC. */
  readonly createdAt: string;
}

/** A run of a suite. */
export interface SuitePlan extends Planned {
  readonly kind: 'suite';
  readonly suite: { readonly name: string; readonly version: number };
  /** A stored rule set in place of the rules that test files name. */
  readonly ruleSet?: string | undefined;
  readonly tests: number;
}

/** A request that is answered in the background, in one shard. */
export interface RequestPlan extends Planned {
  readonly kind: 'request';
  readonly request: {
    /** `/v1/detect` and the like. */
    readonly path: string;
    /** The `Accept` of the request. */
    readonly accept: string;
  };
}

/** What a run does. Written once; its id is the hash of all but `createdAt`. */
export type RunPlan = SuitePlan | RequestPlan;

/** The answer to a request, which is kept beside the run. */
export interface KeptAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly bytes: number;
}

/** What one shard came to: results of each of its tests, which may have several cases; or an answer. */
export type ShardResult =
  | { readonly format: 1; readonly results: readonly (readonly TestResult[])[] }
  | { readonly format: 1; readonly answer: KeptAnswer };

/** How far a run is. */
export interface RunState {
  readonly plan: RunPlan;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  /** Counts how often it was begun anew after it had failed or was cancelled. */
  readonly round: number;
  /** Numbers of shards that are not done. */
  readonly missing: readonly number[];
  /** Those of them that failed in this round as often as is tried. */
  readonly failed: readonly number[];
  /** Names of the webhooks that are told of it. */
  readonly webhooks: readonly string[];
  /** Those of them for which it is settled, in this round or before, whether they were told. */
  readonly settled: readonly { readonly webhook: string; readonly round: number }[];
  /** How often lost shards were handed out again. */
  readonly handedOut: number;
  /** When anything of it was written last, in milliseconds since the epoch, by the store's clock. */
  readonly modified: number;
}

/** Why a shard is not tried any more. */
export interface ShardFailure {
  readonly shard: number;
  readonly at: string;
  readonly tries: number;
  readonly reason: string;
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

/** The report of a run of a suite that is done. */
export interface RunReport {
  readonly run: string;
  readonly suite: SuitePlan['suite'];
  readonly ruleSet?: string | undefined;
  readonly engine: string;
  readonly report: SuiteReport;
}

/** What is kept when a request was answered. */
export interface RequestReport {
  readonly run: string;
  readonly request: RequestPlan['request'];
  readonly engine: string;
  readonly answer: KeptAnswer;
}
