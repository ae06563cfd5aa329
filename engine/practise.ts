import type { LoadedRules } from './change/variants.ts';
import { RuleChange } from './diff.ts';
import type { Diagnostic } from './model/diagnostic.ts';
import { gradeTask } from './practice/grade-task.ts';
import { isBegun } from './practice/begun.ts';
import type { Grade, Machinery } from './practice/grade.ts';
import { plannedMachine } from './practice/node/read-plan.ts';
import { NodeSession } from './practice/node/session.ts';
import type { RuleStack } from './practice/rule-stack.ts';
import { filledFiles, readTask } from './practice/read-task.ts';
import { GROUPS, type MachineFiles, type Task, type TaskTrace } from './practice/task.ts';
import { playingsOfTrace } from './practice/trace-playings.ts';
import type { SuiteFiles } from './suite/suite-files.ts';
import { openWriter, type TargetEncoding } from './trace/trace-writer.ts';
import { beginRun } from './verify.ts';

/** A trace as bytes. */
export interface Recording {
  readonly chunks: readonly Uint8Array[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The tasks of a library, each with its variables chosen by a seed. */
export class PracticeRange {
  readonly #files: SuiteFiles;
  readonly #folder: string;

  /** @param folder where the groups lie: `scenarios/practice` */
  constructor(files: SuiteFiles, folder: string) {
    this.#files = files;
    this.#folder = folder;
  }

  /** Ids of all tasks, group by group. */
  ids(): string[] {
    return GROUPS.flatMap((group) => {
      const folder = `${this.#folder}/${group}`;
      const paths = this.#files.below(folder).filter((path) => path.endsWith('/task.yaml'));
      return paths.map((path) => path.slice(this.#folder.length + 1, -'/task.yaml'.length)).toSorted();
    });
  }

  /** A task; undefined with what is wrong with it. */
  open(id: string, seed: string): { readonly task: Task | undefined; readonly diagnostics: readonly Diagnostic[] } {
    return readTask(`${this.#folder}/${id}/task.yaml`, this.#files, seed, beginRun);
  }

  /**
   * A terminal on the node of a task; undefined where the task has none.
   *
   * @param files as the task begins, unless somebody goes on with what `NodeSession.files()` gave him
   */
  node(task: Task, files: MachineFiles = task.files): NodeSession | undefined {
    const machine = task.node && plannedMachine(task.node, task.traces, this.#filesOf(task), beginRun);
    return machine && new NodeSession(machine, files, task.node?.service);
  }

  /** Grades files: those that are handed in stand for all that the machine has. */
  grade(task: Task, handedIn: MachineFiles): Promise<Grade> {
    return gradeTask(task, handedIn, this.#filesOf(task), MACHINERY);
  }

  /** Grades a task of an exam: what is as it was at the start was not begun. */
  async gradePart(task: Task, handedIn: MachineFiles): Promise<{ readonly begun: boolean; readonly grade: Grade }> {
    const begun = isBegun(task, handedIn);
    return { begun, grade: await this.grade(task, handedIn) };
  }

  /** A trace of a task as a recording; no bytes, and why, where its story can't be read. */
  async record(task: Task, trace: TaskTrace, to: TargetEncoding): Promise<Recording> {
    const chunks: Uint8Array[] = [];
    const { playings, diagnostics } = playingsOfTrace(trace, this.#filesOf(task));
    const [playing] = playings;
    if (playing === undefined) return { chunks, diagnostics };
    const writer = openWriter(to, (bytes) => void chunks.push(bytes));
    await playing.play(Object.assign(writer, { wants: new Uint8Array() }));
    writer.end();
    return { chunks, diagnostics };
  }

  #filesOf({ id, values }: Task): SuiteFiles {
    return filledFiles(this.#files, `${this.#folder}/${id}`, values);
  }
}

const MACHINERY: Machinery = {
  beginRun,
  async compare(from, to, traces) {
    const [before, after] = [loaded(from), loaded(to)];
    if (before === undefined || after === undefined) return undefined;
    const change = new RuleChange(before, after, to.configuration?.load ?? {});
    for (const { name, hosts, play } of traces) {
      await play(change.run({ name, label: 'unknown' }, { ...to.configuration?.run, hosts }));
    }
    return change.report();
  },
};

function loaded({ sources, collected, ruleSet }: RuleStack): LoadedRules | undefined {
  return collected === undefined || ruleSet === undefined ? undefined : { sources, collected, ruleSet };
}
