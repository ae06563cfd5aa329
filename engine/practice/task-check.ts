import type { Node } from '../document/node.ts';
import type { Aspect } from '../change/change-report.ts';
import type { Priority } from '../model/priority.ts';
import type { Span } from '../model/source.ts';
import type { Expectation } from '../scenario/expect.ts';
import type { Happening, ServiceState } from './node/falco-service.ts';
import type { Plain } from './plain.ts';

/** What one check asks of what was handed in, by kind. */
export type Demand =
  | ValidDemand
  | AlertsDemand
  | RuleDemand
  | PlaceDemand
  | ChangeDemand
  | AnswerDemand
  | LogDemand
  | WrittenDemand
  | ConfigDemand
  | ProofDemand
  | StateDemand
  | ServiceDemand
  | FileDemand;

/** A check of a task. */
export interface TaskCheck {
  /** What it asks, in a few words; the candidate reads it. */
  readonly about: string;
  readonly points: number;
  /** Points beyond the full score. */
  readonly bonus: boolean;
  /** Words of the author for whoever fails it. */
  readonly tell: string | undefined;
  readonly demand: Demand;
}

/** The rules load, without some warnings or without any. */
export interface ValidDemand {
  readonly kind: 'valid';
  /** Codes of warnings that must not come; `all` of them. */
  readonly without: readonly string[] | 'all';
}

/** Alerts on traces are as expected: rules fire, are silent, say these bytes with this priority. */
export interface AlertsDemand {
  readonly kind: 'alerts';
  readonly traces: readonly string[];
  readonly list: readonly Expectation[];
  readonly node: Node;
  readonly span: Span;
}

/** What is said of a rule beside its condition. */
export interface RuleDemand {
  readonly kind: 'rule';
  readonly rule: string;
  readonly priority: Priority | undefined;
  readonly source: string | undefined;
  /** Tags that it must have among others. */
  readonly tags: readonly string[];
  readonly enabled: boolean | undefined;
}

/** Only these files differ from the starting ones. */
export interface PlaceDemand {
  readonly kind: 'place';
  readonly paths: readonly string[];
}

/** How an alert may differ from before. */
export type AllowedChange = Aspect | 'appeared' | 'vanished';

/** Alerts are as before on the traces, but for those of some rules. */
export interface ChangeDemand {
  readonly kind: 'change';
  /** Rules whose alerts may differ. */
  readonly rules: readonly string[];
  /** In what they may; empty: in anything. */
  readonly aspects: readonly AllowedChange[];
  /** Empty: all traces of the task. */
  readonly traces: readonly string[];
}

/** An answer to a question. */
export interface AnswerDemand {
  readonly kind: 'answer';
  readonly question: string;
  /** A text, or texts that must all be there. */
  readonly is: readonly string[];
  readonly inOrder: boolean;
  /** What is said to a wrong answer that is expected, by the answer. */
  readonly told: ReadonlyMap<string, string>;
}

/** A file holds the lines that the rules of the solution print in a window of a trace. */
export interface LogDemand {
  readonly kind: 'log';
  readonly path: string;
  readonly rule: string;
  readonly trace: string;
  /** Nanoseconds after the first event; the end is not included. */
  readonly from: bigint;
  readonly until: bigint;
}

/** How rules are written. */
export interface WrittenDemand {
  readonly kind: 'written';
  readonly path: string;
  /** How many of each the file defines; overrides don't count. */
  readonly rules: number | undefined;
  readonly macros: number | undefined;
  readonly lists: number | undefined;
  /** Names that the file changes by an override and does not define again. */
  readonly overrides: readonly string[];
  /** Lines that are neither blank nor a comment. */
  readonly mostLines: number | undefined;
  /** The rule that the rest is about. */
  readonly rule: string | undefined;
  readonly fields: readonly string[];
  readonly noFields: readonly string[];
  /** Names of macros and lists that its condition must use, through others too. */
  readonly uses: readonly string[];
}

/** Values of falco.yaml, by paths such as `file_output.enabled`. */
export interface ConfigDemand {
  readonly kind: 'config';
  readonly values: ReadonlyMap<string, Plain>;
}

/** What becomes of objects of the cluster; all that is not named stays as it was. */
export interface StateDemand {
  readonly kind: 'state';
  readonly objects: Plain;
}

/** Tests that were handed in prove a rule: they pass on it, and fail where it is made wrong. */
export interface ProofDemand {
  readonly kind: 'proof';
  /** The test file. */
  readonly path: string;
  readonly rule: string;
  /** The file that mutants change. */
  readonly of: string;
  /** How many tests must want the rule to fire, and to be silent. */
  readonly positive: number;
  readonly negative: number;
  /** Texts of the file and what stands in their places, by what the rule does wrong then. */
  readonly mutants: ReadonlyMap<string, readonly (readonly [old: string, now: string])[]>;
  /** How many of them must be noticed; undefined: all. */
  readonly atLeast: number | undefined;
}

/** How Falco's service stands on the emulated node, and what was done to it. */
export interface ServiceDemand {
  readonly kind: 'service';
  readonly state: ServiceState | undefined;
  /** The running Falco has read the files as they stand. */
  readonly loaded: boolean;
  /** What must have been done at least once, and what never. */
  readonly done: readonly Happening[];
  readonly notDone: readonly Happening[];
}

/** What a file holds. */
export interface FileDemand {
  readonly kind: 'file';
  readonly path: string;
  readonly holds: readonly string[];
  readonly lacks: readonly string[];
  /** Each line is a JSON object. */
  readonly isJson: boolean;
  /** The rule, as the solution has it, whose lines on a trace count; undefined: none are looked for. */
  readonly rule: string | undefined;
  readonly trace: string;
  /** How many of its lines there must be. */
  readonly atLeast: number;
  /** There must be no other line. */
  readonly nothingElse: boolean;
}
