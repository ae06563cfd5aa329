import type { Hosts } from '../compare/hosts.ts';
import type { ChangeReport } from '../change/change-report.ts';
import type { BeginRun } from '../suite/test-run.ts';
import type { Finding } from '../suite/place.ts';
import type { SuiteFiles, TraceTaker } from '../suite/suite-files.ts';
import type { RuleStack } from './rule-stack.ts';
import type { MachineFiles, Task } from './task.ts';

/** What became of one check. */
export interface CheckResult {
  readonly about: string;
  readonly isMet: boolean;
  readonly points: number;
  /** Points that it has. */
  readonly of: number;
  readonly bonus: boolean;
  /** Why it is not met, a line each: what was expected, what came, what came nearest. */
  readonly feedback: readonly string[];
}

/** What became of what was handed in. Plain data. */
export interface Grade {
  readonly task: string;
  readonly seed: string;
  /** Points without those of bonus checks, and how many there are. */
  readonly score: number;
  readonly of: number;
  readonly bonus: number;
  readonly bonusOf: number;
  /** Full score. */
  readonly passed: boolean;
  readonly checks: readonly CheckResult[];
  /** What Falco says of configuration and rules. */
  readonly findings: readonly Finding[];
}

/** One trace to be run by both rule sets. */
export interface ChangeTrace {
  readonly name: string;
  readonly hosts: Hosts;
  play(sink: TraceTaker): Promise<unknown>;
}

/** What grading needs of the verbs: running rules, and comparing two rule sets over traces. */
export interface Machinery {
  readonly beginRun: BeginRun;
  /** Undefined where one of them does not load. */
  compare(from: RuleStack, to: RuleStack, traces: readonly ChangeTrace[]): Promise<ChangeReport | undefined>;
}

/** What one check looks at. */
export interface Grading {
  readonly task: Task;
  readonly handedIn: MachineFiles;
  readonly stack: RuleStack;
  /** Opens stories, with the task's variables filled in. */
  readonly files: SuiteFiles;
  readonly machinery: Machinery;
  /** Rules that fired on any trace of the task so far. */
  readonly fired: Set<string>;
}
