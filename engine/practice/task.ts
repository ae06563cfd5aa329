import type { PlannedInput } from '../suite/planned-test.ts';
import type { Span } from '../model/source.ts';
import type { TaskCheck } from './task-check.ts';
import type { Values } from './placeholders.ts';
import type { Plain } from './plain.ts';

/** The groups of tasks, each a folder of `scenarios/practice`. */
export const GROUPS = ['change-rules', 'write-rules', 'find-culprit', 'run-and-collect', 'repair-and-tune'] as const;

/** A group of tasks. */
export type Group = (typeof GROUPS)[number];

/** Files of the practice machine by absolute path. */
export type MachineFiles = ReadonlyMap<string, string>;

/** A trace of a task. */
export interface TaskTrace {
  readonly name: string;
  /** What it shows, in a sentence; feedback names it so. */
  readonly shows: string;
  /** The candidate gets it; the others are for grading. */
  readonly visible: boolean;
  readonly input: PlannedInput;
  readonly span: Span;
}

/** The emulated node of a task. */
export interface NodePlan {
  /** The trace that happens on it, again and again. */
  readonly trace: string;
  /** From one beginning of it to the next, nanoseconds; where it is undefined, soon after it has ended. */
  readonly every: bigint | 'once' | undefined;
  /** Whether Falco runs in the beginning. */
  readonly service: 'running' | 'stopped';
}

/** What somebody hands in: the starting files with some of them changed. */
export interface Attempt {
  readonly name: string;
  /** As they are in the end. */
  readonly files: MachineFiles;
  /** What was typed on the node of the task, line by line. */
  readonly commands: readonly string[];
  /** Words that grading must say to it; for wrong ones. */
  readonly feedback: readonly string[];
}

/** A task of the practice range, with a seed chosen. */
export interface Task {
  /** `GROUP/SLUG`, the path of its folder. */
  readonly id: string;
  readonly group: Group;
  readonly seed: string;
  readonly title: string;
  /** What is practised, in a few words. */
  readonly skill: string;
  readonly minutes: number;
  /** How much it counts among others in an exam. */
  readonly weight: number;
  readonly values: Values;
  /** Markdown. */
  readonly instructions: string;
  /** Questions by the name under which an answer is written. */
  readonly questions: ReadonlyMap<string, string>;
  /** The cluster at the beginning, by objects such as `deployment/shop/web`; undefined where the task has none. */
  readonly cluster: Plain | undefined;
  readonly files: MachineFiles;
  /** Undefined where the task needs no node. */
  readonly node: NodePlan | undefined;
  readonly traces: readonly TaskTrace[];
  readonly checks: readonly TaskCheck[];
  /** From a nudge to nearly the answer. */
  readonly hints: readonly string[];
  readonly solution: Attempt;
  readonly explanation: string;
  /** Other right ways, and wrong ones with what is said of them: what tests of the task hand in. */
  readonly alsoRight: readonly Attempt[];
  readonly wrong: readonly Attempt[];
}

/** Where answers are written, as `NAME: answer`. */
export const ANSWERS_PATH = '/root/answers.yaml';
/** Where the state of the cluster stands; commands of an emulated node change it. */
export const CLUSTER_PATH = '/root/cluster.yaml';
/** What is kept of an emulated node beside its files. */
export const NODE_PATH = '/var/lib/node/state.json';
/** Falco's configuration. */
export const CONFIGURATION_PATH = '/etc/falco/falco.yaml';
/** The rules as shipped. */
export const SHIPPED_PATH = '/etc/falco/falco_rules.yaml';
/** Where local rules belong. */
export const LOCAL_PATH = '/etc/falco/falco_rules.local.yaml';

/** True for the files that stand for what is no file: answers, the cluster, a node's state. */
export function isSheet(path: string): boolean {
  return path === ANSWERS_PATH || path === CLUSTER_PATH || path === NODE_PATH;
}
