import type { Group, Task } from './task.ts';

/** What a list tells of a task. Plain data. */
export interface TaskSummary {
  /** `GROUP/SLUG` */
  readonly id: string;
  readonly group: Group;
  readonly title: string;
  /** What is practised. */
  readonly skill: string;
  /** How long somebody takes who knows it. */
  readonly minutes: number;
  /** How much it counts in an exam. */
  readonly weight: number;
  /** The full score, and points that can be had beyond it. */
  readonly points: number;
  readonly bonus: number;
}

/**
 * A task as whoever works on it gets it: nothing of the solution, of hidden traces, or of what the checks look for. Plain
 * data.
 */
export interface TaskSheet extends TaskSummary {
  readonly seed: string;
  /** Markdown. */
  readonly instructions: string;
  /** Answers are written to `/root/answers.yaml`, as `NAME: answer`. */
  readonly questions: readonly { readonly name: string; readonly text: string }[];
  /** Files of the machine at the start, by absolute path. */
  readonly files: Readonly<Record<string, string>>;
  /** Traces that may be looked at. */
  readonly traces: readonly { readonly name: string; readonly shows: string }[];
  readonly checks: readonly { readonly about: string; readonly points: number; readonly bonus: boolean }[];
  /** How many hints there are. */
  readonly hints: number;
}

/** What a list tells of a task. */
export function taskSummary({ id, group, title, skill, minutes, weight, checks }: Task): TaskSummary {
  const sum = (isBonus: boolean): number =>
    checks.reduce((total, { bonus, points }) => total + (bonus === isBonus ? points : 0), 0);
  return { id, group, title, skill, minutes, weight, points: sum(false), bonus: sum(true) };
}

/** The sheet of a task. */
export function taskSheet(task: Task): TaskSheet {
  return {
    ...taskSummary(task),
    seed: task.seed,
    instructions: task.instructions,
    questions: [...task.questions].map(([name, text]) => ({ name, text })),
    files: Object.fromEntries(task.files),
    traces: task.traces.filter(({ visible }) => visible).map(({ name, shows }) => ({ name, shows })),
    checks: task.checks.map(({ about, points, bonus }) => ({ about, points, bonus })),
    hints: task.hints.length,
  };
}
