import { examOf, examResult, type ExamResult } from '../../../../engine/practice/exam.ts';
import { taskSummary, type TaskSummary } from '../../../../engine/practice/task-sheet.ts';
import { openedTask, type HandedIn } from './practice.ts';

/** An exam that was sat: its tasks in the order in which they were set, and of each the files that were written. */
export interface SatExam {
  readonly seed: string;
  readonly parts: readonly HandedIn[];
}

/** Grades an exam, and tells how many of its tasks are done. */
export async function gradeExam({ seed, parts }: SatExam, tell: (done: number) => void): Promise<ExamResult> {
  const tasks: TaskSummary[] = [];
  const grades: Awaited<ReturnType<ReturnType<typeof openedTask>['range']['gradePart']>>[] = [];
  for (const { task: choice, files, gone = [] } of parts) {
    const { range, task } = openedTask(choice);
    const handedIn = new Map([...task.files, ...files.map(({ name, text }) => [name, text] as const)]);
    for (const path of gone) handedIn.delete(path);
    tasks.push(taskSummary(task));
    grades.push(await range.gradePart(task, handedIn));
    tell(grades.length);
  }
  return examResult(examOf(seed, tasks), grades);
}
