import type { Descriptions } from '../../../../engine/describe.ts';
import type { ExamResult } from '../../../../engine/practice/exam.ts';
import type { Grade } from '../../../../engine/practice/grade.ts';
import type { Priority } from '../../../../engine/model/priority.ts';
import type { DiagnosticJson } from '../../../http/diagnostic-json.ts';
import type { Comparison, ComparisonReport } from './compare-rules.ts';
import type { TextEdit } from './format-rules.ts';
import type { MachineRules } from './machine-rules.ts';
import type { NodeAct, NodeOpening, NodeView } from './node-desk.ts';
import type { HandedIn, PracticeTask, TaskChoice } from './practice.ts';
import type { SatExam } from './practice-exam.ts';

/** A rule file, in the order in which Falco loads them. */
export interface RuleFile {
  readonly name: string;
  readonly text: string;
}

/** What is to be judged. */
export type TraceChoice =
  | { readonly kind: 'scenario'; readonly name: string; readonly text: string; readonly case?: string | undefined }
  | { readonly kind: 'bytes'; readonly name: string; readonly bytes: Blob }
  | { readonly kind: 'address'; readonly name: string; readonly url: string; readonly token?: string | undefined };

/** A process that appears in a trace. */
export interface TraceProcess {
  readonly pid: number;
  /** Place of its parent in the list; -1 for none that is known. */
  parent: number;
  /** Programs that it was, in order: `sh` became `id`. */
  readonly names: string[];
  command: string;
  readonly container: string;
  /** Place of its first event in the trace; -1 for one that only is an ancestor. */
  first: number;
  events: number;
}

/** What kind of thing an event does, for its colour. */
export const KINDS = ['program', 'file', 'network', 'other'] as const;

/** A trace as columns, one entry for each event. Places count from 0. */
export interface TraceColumns {
  readonly name: string;
  /** `evt.num`. */
  readonly numbers: Uint32Array;
  /** Milliseconds since the first event. */
  readonly times: Float64Array;
  /** Places in `typeNames`. */
  readonly types: Uint16Array;
  /** Places in `processes`; -1 for events of no process. */
  readonly owners: Int32Array;
  readonly typeNames: readonly string[];
  /** Places in `KINDS`, one for each type. */
  readonly typeKinds: readonly number[];
  readonly processes: readonly TraceProcess[];
  /** Time of the first event, milliseconds since the epoch. */
  readonly startedAt: number;
  /** Names of the cases of a scenario that has some. */
  readonly cases: readonly string[];
  readonly case: string | undefined;
  readonly diagnostics: readonly DiagnosticJson[];
  /** Milliseconds that reading it took. */
  readonly readMs: number;
  /** What a scenario expects under our own rules: it names them. */
  readonly isScenario: boolean;
}

/** An alert as the page shows it. */
export interface ShownAlert {
  readonly rule: string;
  readonly priority: Priority;
  /** `evt.num`. */
  readonly event: number;
  /** The message without time and priority; undefined where there are too many to write them all. */
  readonly message: string | undefined;
}

/** A rule, and what became of it. */
export interface ShownRule {
  readonly name: string;
  readonly description: string;
  readonly priority: Priority;
  readonly enabled: boolean;
  readonly fired: number;
  readonly file: string;
  readonly offset: number;
  readonly undecidable: string | undefined;
}

/** What the rules say of the trace. */
export interface Verdict {
  /** False when a file does not load; the alerts are then those of the last rules that did. */
  readonly loads: boolean;
  readonly findings: readonly DiagnosticJson[];
  readonly rules: readonly ShownRule[];
  /** In the order of events; of very many only the first. */
  readonly alerts: readonly ShownAlert[];
  readonly alertCount: number;
  /** `evt.num` of each alert. */
  readonly alertEvents: Uint32Array;
  /** Events that were judged. */
  readonly events: number;
  /** Rules that had to be run anew, since they were edited. */
  readonly rulesRun: number;
  /** Milliseconds for loading the rules, and for running them. */
  readonly loadMs: number;
  readonly runMs: number;
}

/** A name that a rule file defines. */
export interface Definition {
  readonly kind: 'rule' | 'macro' | 'list';
  readonly name: string;
  /** The condition, the items, or what the rule is about. */
  readonly text: string;
  readonly file: string;
  /** Character offset in the file. */
  readonly offset: number;
}

/** A question about an event. */
export interface EventQuestion {
  readonly event: number;
  readonly rule: string | undefined;
}

/** Requests to the worker, by their name: what is given and what comes back. */
export interface Requests {
  open: { give: TraceChoice; get: TraceColumns };
  judge: { give: { readonly rules: readonly RuleFile[]; readonly matching: 'first' | 'all' }; get: Verdict };
  define: { give: undefined; get: readonly Definition[] };
  /** What to write so that the conditions of a file are laid out. */
  format: { give: { readonly text: string }; get: readonly TextEdit[] };
  /** The words of the rule language. */
  describe: { give: undefined; get: Omit<Descriptions, 'lints'> };
  /** The answer as `creance explain --json` gives it. */
  explain: { give: EventQuestion; get: string };
  /** Near misses of a rule. */
  misses: { give: { readonly rule: string }; get: string };
  /** Values of fields at an event, by name. */
  values: { give: { readonly event: number }; get: readonly (readonly [field: string, text: string])[] };
  /** The report on a change of rules; tells how many traces are done. */
  compare: { give: Comparison; get: ComparisonReport };
  /** Places of the events that match a condition. */
  filter: {
    give: { readonly condition: string };
    get: { readonly places: Uint32Array | undefined; readonly findings: readonly DiagnosticJson[] };
  };
  /** Arguments of the events from one place to another. */
  rows: { give: { readonly places: readonly number[] }; get: readonly string[] };
  /** A task of the practice range. */
  practice: { give: TaskChoice; get: PracticeTask };
  /** What became of files that are handed in. */
  grade: { give: HandedIn; get: Grade };
  /** What Falco says of the rules of a practice machine. */
  machine: { give: { readonly files: readonly RuleFile[] }; get: MachineRules };
  /** Opens the node of a task. */
  node: { give: NodeOpening; get: NodeView };
  /** Does something on the node that is open; each act is done, in order. */
  act: { give: NodeAct; get: NodeView };
  /** What an exam came to; tells how many of its tasks are graded. */
  exam: { give: SatExam; get: ExamResult };
  /** A trace that a task shows, as a recording. */
  record: { give: { readonly task: TaskChoice; readonly trace: string }; get: Blob };
}

/** The name of a request. */
export type RequestName = keyof Requests;

/** What the page sends. */
export interface Question<Name extends RequestName = RequestName> {
  readonly id: number;
  readonly name: Name;
  readonly give: Requests[Name]['give'];
}

/** What the worker answers: the thing, how far it is, that a newer request took its place, or what was wrong. */
export type Reply =
  | { readonly id: number; readonly get: Requests[RequestName]['get'] }
  | { readonly id: number; readonly progress: number }
  | { readonly id: number; readonly stale: true }
  | { readonly id: number; readonly error: string };
