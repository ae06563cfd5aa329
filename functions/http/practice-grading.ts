import { MAX_PRACTICE_FILES } from '../../engine/model/limits.ts';
import type { MachineFiles, Task } from '../../engine/practice/task.ts';
import type { Call } from './api.ts';
import { Refusal } from './problem.ts';

/** Files that are handed in, put over those that a task starts with. */
export function handedInOver(task: Task, files: Readonly<Record<string, string | null>>): MachineFiles {
  const handedIn = new Map(task.files);
  for (const [path, text] of Object.entries(files)) {
    if (text === null) handedIn.delete(path);
    else handedIn.set(path, text);
  }
  return handedIn;
}

/** Refuses more files than a request may hand in. */
export function refuseTooMany(count: number): void {
  if (count <= MAX_PRACTICE_FILES) return;
  throw new Refusal('REQUEST_TOO_LARGE', `${count} files are handed in; ${MAX_PRACTICE_FILES} are allowed`);
}

/** Grades when it is this request's turn. */
export async function graded<T>(call: Call, grade: () => Promise<T>): Promise<T> {
  const run = call.get('runs').counted(once(grade));
  let next = await run.next();
  while (next.done !== true) next = await run.next();
  return next.value;
}

async function* once<T>(grade: () => Promise<T>): AsyncGenerator<undefined, T> {
  yield;
  return grade();
}
