import type { Diagnostic } from './diagnostic.ts';
import type { Priority } from './priority.ts';

/** What a run says of one rule. */
export interface RuleTally {
  readonly rule: string;
  readonly priority: Priority;
  readonly enabled: boolean;
  /** Alerts it raised. */
  readonly fired: number;
  /**
   * Why this trace can't decide the rule, where it can't: the fields whose source it carries nowhere, and what is
   * missing. It stands beside Falco's verdicts and never changes an alert.
   */
  readonly undecidable?: string;
}

/** The end of a run over a trace. */
export interface Report {
  readonly events: number;
  readonly alerts: number;
  readonly rules: readonly RuleTally[];
  /** What was wrong with the trace. */
  readonly diagnostics: readonly Diagnostic[];
  /** Time of the first and last event, nanoseconds since the epoch; undefined in a trace without events. */
  readonly firstTime: bigint | undefined;
  readonly lastTime: bigint | undefined;
}
