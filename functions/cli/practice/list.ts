import { nearest } from '../../../engine/model/nearest.ts';
import { GROUPS } from '../../../engine/practice/task.ts';
import { taskSummary, type TaskSummary } from '../../../engine/practice/task-sheet.ts';
import type { PracticeRange } from '../../../engine/practise.ts';
import { EXIT, UsageError, type Given, type Terminal } from '../command.ts';
import { reportDiagnostics } from '../diagnostics.ts';
import { paintFor, type Paint } from '../paint.ts';
import { openRange } from './range.ts';

/** `creance practice list [GROUP]`. */
export async function listTasks(group: string | undefined, given: Given, terminal: Terminal): Promise<number> {
  if (group !== undefined && !GROUPS.some((known) => known === group)) {
    const near = nearest(group, GROUPS);
    throw new UsageError(
      `there is no group '${group}'; ${near ? `did you mean ${near}?` : `it is ${GROUPS.join(', ')}`}`,
    );
  }
  const range = openRange();
  const ids = range.ids().filter((id) => group === undefined || id.startsWith(`${group}/`));
  const tasks = summariesOf(range, ids, '1', terminal);
  if (given.has('json')) await terminal.write(`${JSON.stringify(tasks, undefined, 2)}\n`);
  else await terminal.write(listText(tasks, paintFor(terminal.color)));
  return tasks.length === ids.length ? EXIT.YES : EXIT.NO;
}

/** What is told of tasks; one that can't be read is left out, and why is printed. */
export function summariesOf(
  range: PracticeRange,
  ids: readonly string[],
  seed: string,
  terminal: Terminal,
): TaskSummary[] {
  return ids.flatMap((id) => {
    const { task, diagnostics } = range.open(id, seed);
    reportDiagnostics(diagnostics, terminal);
    return task === undefined ? [] : [taskSummary(task)];
  });
}

function listText(tasks: readonly TaskSummary[], paint: Paint): string {
  const wide = Math.max(0, ...tasks.map(({ id }) => id.slice(id.indexOf('/') + 1).length));
  const lines = GROUPS.flatMap((group) => {
    const inGroup = tasks.filter((task) => task.group === group);
    if (inGroup.length === 0) return [];
    return [paint('bold', group), ...inGroup.map((task) => row(task, wide, paint)), ''];
  });
  const minutes = tasks.reduce((sum, task) => sum + task.minutes, 0);
  const [first] = tasks;
  const count = `${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}, ${minutes} minutes for somebody who knows`;
  const next =
    first === undefined ? '' : `begin one: creance practice start ${first.id.slice(first.id.indexOf('/') + 1)}\n`;
  return `${lines.join('\n')}\n${count}\n${next}`;
}

function row({ id, title, minutes, points }: TaskSummary, wide: number, paint: Paint): string {
  const name = id.slice(id.indexOf('/') + 1).padEnd(wide);
  const size = `${String(minutes).padStart(3)} min ${String(points).padStart(3)} points`;
  return `  ${name}  ${paint('dim', size)}  ${title}`;
}
