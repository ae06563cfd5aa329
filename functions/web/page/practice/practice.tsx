import { useEffect } from 'preact/hooks';
import '../design/practice.css';
import '../design/exam.css';
import '../design/terminal.css';
import { ExamSetup } from './exam-setup.tsx';
import { exam, isExamShown, runClock } from './exam-state.ts';
import { ExamView } from './exam-view.tsx';
import { watchRules } from './machine-state.ts';
import { runNode } from './node.ts';
import { open } from './open-task.ts';
import { beginHere, followAddress, keepNode, keepWork } from './practice-state.ts';
import { loadTasks } from './task-fetch.ts';
import { TaskList } from './task-list.tsx';
import { TaskView } from './task-view.tsx';
import { practiceTrouble } from './trouble.ts';

/** The practice range: tasks that are graded by behaviour. */
export function Practice() {
  useEffect(() => {
    const follow = (): void => void followAddress();
    void loadTasks().then(beginHere);
    addEventListener('hashchange', follow);
    const ends = [
      keepWork(),
      runNode(keepNode),
      watchRules(),
      runClock(),
      () => removeEventListener('hashchange', follow),
    ];
    return () => ends.forEach((end) => end());
  }, []);
  return (
    <div class="page practice">
      {practiceTrouble.value !== undefined && (
        <p class="panel empty error-text" role="alert">
          {practiceTrouble.value}
        </p>
      )}
      <Shown />
    </div>
  );
}

function Shown() {
  if (open.value !== undefined) return <TaskView />;
  if (isExamShown.value && exam.value !== undefined) return <ExamView />;
  return (
    <>
      <header>
        <h1>Practice</h1>
        <p>
          Tasks that are graded by what your rules do, with hints and solutions. What you write stays in this browser.
        </p>
      </header>
      <ExamSetup />
      <TaskList />
    </>
  );
}
