import type { Priority } from '../model/priority.ts';
import type { Cause } from './cause.ts';
import type { Edit } from './edit.ts';
import type { StaticDifference } from './static-difference.ts';
import type { Version } from './version.ts';
import type { Label, Workload } from './workload.ts';

/** What became of an alert. */
export type ChangeKind = 'appeared' | 'vanished' | 'changed';

/** In what an alert changed that is still there. */
export type Aspect = 'rule' | 'priority' | 'output';

/**
 * Why another rule tells of an event under `rule_matching: first`: the old one still matches but stands behind the new
 * one; the new one matched before but stood behind the old one; neither.
 */
export type Turn = 'shadowed' | 'uncovered' | 'replaced';

/** An alert as it is shown. */
export interface ShownAlert {
  readonly rule: string;
  readonly priority: Priority;
  /** The line that Falco prints. */
  readonly output: string;
}

/** One event whose alert changed. */
export interface Example {
  readonly eventNumber: number;
  /** Nanoseconds since the epoch. */
  readonly time: bigint;
  readonly before: ShownAlert | undefined;
  readonly after: ShownAlert | undefined;
}

/** Changed alerts that are alike: same kind of change, rule, trace, image and cause. */
export interface ChangeGroup {
  readonly kind: ChangeKind;
  readonly aspects: readonly Aspect[];
  /** The rule that told of it; the old one where another rule does now. */
  readonly rule: string;
  /** The rule that tells of it now, where that is another one. */
  readonly ruleAfter: string | undefined;
  readonly turn: Turn | undefined;
  readonly workload: Workload;
  /** The image of the container, `host` outside of any, the container's id where nothing more is known. */
  readonly image: string;
  readonly cause: Cause;
  readonly count: number;
  /** The first three. */
  readonly examples: readonly Example[];
}

/** How one trace fares. */
export interface WorkloadReport extends Workload {
  readonly events: number;
  readonly alertsBefore: number;
  readonly alertsAfter: number;
  readonly appeared: number;
  readonly vanished: number;
  readonly changed: number;
  /** Rules that told of it before and that nothing tells for any more. */
  readonly lostRules: readonly string[];
}

/** Counts that people ask for first. */
export interface Totals {
  readonly workloads: Readonly<Record<Label, number>>;
  readonly events: number;
  readonly alertsBefore: number;
  readonly alertsAfter: number;
  readonly appeared: number;
  readonly vanished: number;
  readonly changed: number;
  /** Attacks that had alerts and have none. */
  readonly attacksUnseen: number;
  /** Attacks of which a rule that told of them tells no more, while others still do. */
  readonly attacksSeenLess: number;
  /** Attacks that had no alert and have some. */
  readonly attacksNewlySeen: number;
  /** New alerts on benign work, and those that are gone from it. */
  readonly newNoise: number;
  readonly lessNoise: number;
  /** Changed alerts on traces that are labelled neither. */
  readonly unlabelled: number;
  /** Changed alerts that are in no group, since there were too many groups. */
  readonly ungrouped: number;
}

/** What a change of rules does to alerts. */
export interface ChangeReport {
  /** One sentence for people who read no further. */
  readonly verdict: string;
  readonly totals: Totals;
  readonly workloads: readonly WorkloadReport[];
  readonly edits: readonly Edit[];
  /** Largest first within each kind. */
  readonly groups: readonly ChangeGroup[];
  readonly difference: StaticDifference;
  readonly version: Version;
}
