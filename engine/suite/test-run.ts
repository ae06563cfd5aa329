import type { Hosts } from '../compare/hosts.ts';
import type { Matching } from '../match/naive-match.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import type { Raised } from './raised.ts';
import type { TraceTaker } from './suite-files.ts';

/** One run of rules over a trace, and what is known of it at the end. */
export interface TestRun extends TraceTaker {
  readonly raised: readonly Raised[];
  readonly events: number;
  /** There were more alerts than are judged. */
  readonly isTooLoud: boolean;
  /** 1 for each event code that came. */
  readonly seenTypes: Uint8Array;
  /** Time of the first event, nanoseconds since the epoch; 0 in a trace without events. */
  readonly firstTime: bigint;
}

/** Begins a run; the verb gives it, for running rules is a verb too. */
export type BeginRun = (ruleSet: RuleSet, options: TestRunOptions) => TestRun;

/** How a test runs rules. */
export interface TestRunOptions {
  readonly matching: Matching;
  readonly hosts: Hosts;
  readonly isoTime?: boolean;
  readonly base64Buffers?: boolean;
}
