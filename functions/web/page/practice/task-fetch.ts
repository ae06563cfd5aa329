import { signal } from '@preact/signals';
import type { TaskSummary } from '../../../../engine/practice/task-sheet.ts';
import type { TaskChoice } from '../judge/practice.ts';
import type { RuleFile } from '../judge/protocol.ts';
import { attempt } from './trouble.ts';

/** All tasks; undefined until they were fetched. */
export const tasks = signal<readonly TaskSummary[] | undefined>(undefined);

/** Fetches the list of tasks. */
export async function loadTasks(): Promise<void> {
  await attempt(async () => {
    tasks.value ??= await json<readonly TaskSummary[]>('index');
  });
  tasks.value ??= [];
}

/** A task with all it consists of. */
export async function fetchTask(id: string, seed: string): Promise<TaskChoice> {
  const parts = await Promise.all([json<readonly RuleFile[]>(id), json<readonly RuleFile[]>('rules')]);
  return { id, seed, parts: parts.flat() };
}

async function json<T>(name: string): Promise<T> {
  const answer = await fetch(`/tasks/${name}.json`);
  if (!answer.ok) throw new Error(`/tasks/${name}.json is not there (${answer.status})`);
  return (await answer.json()) as T;
}
