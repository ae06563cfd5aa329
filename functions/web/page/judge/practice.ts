import { Source } from '../../../../engine/model/source.ts';
import type { Grade } from '../../../../engine/practice/grade.ts';
import type { Task } from '../../../../engine/practice/task.ts';
import { taskSheet, type TaskSheet } from '../../../../engine/practice/task-sheet.ts';
import { PracticeRange } from '../../../../engine/practise.ts';
import { givenFiles } from '../../../../engine/suite/given-files.ts';
import type { RuleFile } from './protocol.ts';

const FOLDER = 'scenarios/practice';

/** A task of the practice range, and all it consists of. */
export interface TaskChoice {
  readonly id: string;
  readonly seed: string;
  /** What the site has in `tasks/GROUP/SLUG.json` and `tasks/rules.json`. */
  readonly parts: readonly RuleFile[];
}

/** A task as the page shows it, with what is told only when it is asked for. */
export interface PracticeTask {
  readonly sheet: TaskSheet;
  /** It is worked on on an emulated node. */
  readonly hasNode: boolean;
  readonly hints: readonly string[];
  /** Files that were changed or lines that were typed on the node, and in words why. */
  readonly solution: {
    readonly files: readonly RuleFile[];
    readonly commands: readonly string[];
    readonly explanation: string;
  };
}

/** Files by absolute path, instead of those that a task starts with. */
export interface HandedIn {
  readonly task: TaskChoice;
  readonly files: readonly RuleFile[];
  /** Paths of files that were removed. */
  readonly gone?: readonly string[];
}

/** Opens a task. Throws an error for people where it can't be read. */
export function openPractice(choice: TaskChoice): PracticeTask {
  const { task } = openedTask(choice);
  const { commands } = task.solution;
  const files = [...task.solution.files].map(([name, text]) => ({ name, text }));
  return {
    sheet: taskSheet(task),
    hasNode: task.node !== undefined,
    hints: task.hints,
    solution: {
      // What commands leave behind on a node is no file that somebody writes.
      files: commands.length > 0 ? [] : files.filter(({ name, text }) => task.files.get(name) !== text),
      commands,
      explanation: task.explanation,
    },
  };
}

/** Grades files. */
export function gradePractice({ task: choice, files }: HandedIn): Promise<Grade> {
  const { range, task } = openedTask(choice);
  return range.grade(task, new Map(files.map(({ name, text }) => [name, text])));
}

/** A trace that a task shows, as a recording. */
export async function recordPractice(choice: TaskChoice, name: string): Promise<Blob> {
  const { range, task } = openedTask(choice);
  const trace = task.traces.find((one) => one.visible && one.name === name);
  if (trace === undefined) throw new Error(`the task shows no trace ${name}`);
  const { chunks } = await range.record(task, trace, 'scap');
  return new Blob(chunks as Uint8Array<ArrayBuffer>[]);
}

/** A task, and the range that grades it. Throws an error for people where it can't be read. */
export function openedTask({ id, seed, parts }: TaskChoice): { readonly range: PracticeRange; readonly task: Task } {
  const range = new PracticeRange(givenFiles(parts.map(({ name, text }) => new Source(name, text))), FOLDER);
  const { task, diagnostics } = range.open(id, seed);
  if (task === undefined) throw new Error(`the task can't be read: ${diagnostics[0]?.message ?? id}`);
  return { range, task };
}
