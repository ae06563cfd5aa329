import type { Finding, Place } from './place.ts';

/** An expectation that was not met. */
export interface Failure {
  /** What was expected, in a sentence without its final stop. */
  readonly expected: string;
  /** What came instead, a line each. */
  readonly came: readonly string[];
  /** The alert or the event that came nearest, and what about it is different, a line each. */
  readonly nearest: readonly string[];
  /** The rule it is about; undefined where it is about all. */
  readonly rule: string | undefined;
  /** Where it is written. */
  readonly place: Place;
}

/** How a test ended. `error`: it could not be run, its findings say why. */
export type Status = 'passed' | 'failed' | 'error' | 'skipped';

/** What became of one test. Plain data: it passes between threads and prints as JSON. */
export interface TestResult {
  readonly name: string;
  /** The file that names the test, or the scenario itself. */
  readonly file: string;
  /** The scenario or trace that was run. */
  readonly input: string;
  readonly place: Place;
  readonly status: Status;
  /** Why it was skipped. */
  readonly reason?: string;
  readonly failures: readonly Failure[];
  readonly findings: readonly Finding[];
  readonly events: number;
  /** Alerts by rule, in the order in which rules first fired. */
  readonly fired: readonly { readonly rule: string; readonly count: number }[];
  /** Rules that it expected by name and that fired. */
  readonly positive: readonly string[];
  /** Rules that it wanted silent by name, that were silent, and that saw an event of a type that they look at. */
  readonly negative: readonly string[];
  /** Rules that it wanted silent by name and that saw no such event: their silence shows nothing. */
  readonly idle: readonly string[];
  /** Number of the rule set in the report's coverage; -1 when there was none. */
  readonly group: number;
}

/** What tests say of one rule. */
export interface RuleCoverage {
  readonly rule: string;
  /** Tests in which it had to fire and did. */
  readonly positive: number;
  /** Tests in which it had to be silent, was, and had something to look at. */
  readonly negative: number;
  /** Tests in which it had to be silent and had nothing to look at. */
  readonly idle: number;
  /** Why it can not fire at all, where a test file says so. */
  readonly cannotFire?: string;
  /** False when it is switched off. */
  readonly enabled: boolean;
}

/** Coverage of one set of rules. */
export interface Coverage {
  /** The files that name the rules, and the rule files. */
  readonly files: readonly string[];
  readonly ruleFiles: readonly string[];
  readonly rules: readonly RuleCoverage[];
  /** Rules that are covered on that side; those that can not fire count. */
  readonly positive: number;
  readonly negative: number;
  /** Sides on which every rule must be covered: how many there are. */
  readonly gates: number;
}

/** What a run of tests came to. */
export interface SuiteReport {
  readonly tests: readonly TestResult[];
  readonly coverage: readonly Coverage[];
  readonly passed: number;
  readonly failed: number;
  readonly errors: number;
  readonly skipped: number;
}
