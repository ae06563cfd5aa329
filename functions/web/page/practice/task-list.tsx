import { GROUPS, type Group } from '../../../../engine/practice/task.ts';
import type { TaskSummary } from '../../../../engine/practice/task-sheet.ts';
import { progressOf } from './kept-progress.ts';
import { tasks } from './task-fetch.ts';

const TITLES: Readonly<Record<Group, string>> = {
  'change-rules': 'Change rules',
  'write-rules': 'Write rules',
  'find-culprit': 'Find the culprit',
  'run-and-collect': 'Run and collect',
  'repair-and-tune': 'Repair and tune',
};

/** All tasks by their groups, and which of them are done. */
export function TaskList() {
  const all = tasks.value;
  if (all === undefined) return <p class="panel empty">Fetching the tasks</p>;
  return (
    <>
      {GROUPS.map((group) => (
        <TaskGroup key={group} group={group} tasks={all.filter((task) => task.group === group)} />
      ))}
    </>
  );
}

function TaskGroup({ group, tasks: list }: { readonly group: Group; readonly tasks: readonly TaskSummary[] }) {
  if (list.length === 0) return null;
  const done = list.filter(({ id }) => progressOf(id)?.isDone === true).length;
  return (
    <section class="panel task-group" aria-label={TITLES[group]}>
      <h2>
        {TITLES[group]}{' '}
        <span class="count">
          {done} of {list.length} done
        </span>
      </h2>
      <ul>
        {list.map((task) => (
          <TaskRow key={task.id} task={task} />
        ))}
      </ul>
    </section>
  );
}

function TaskRow({ task: { id, title, skill, minutes, points } }: { readonly task: TaskSummary }) {
  const progress = progressOf(id);
  return (
    <li>
      <a class="task-row" href={`#${id}`}>
        <span class="task-title">{title}</span>
        <span class="soft task-skill">{skill}</span>
        <span class="task-state">
          {progress?.isDone === true && <span class="chip ok">done</span>}
          {progress?.isDone === false && <span class="chip">begun</span>}
        </span>
        <span class="number soft">{minutes} min</span>
        <span class="number soft">{points} points</span>
      </a>
    </li>
  );
}
