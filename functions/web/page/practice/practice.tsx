import { useEffect } from 'preact/hooks';
import '../design/practice.css';
import { beginHere, followAddress, loadTasks, open, practiceTrouble } from './practice-state.ts';
import { TaskList } from './task-list.tsx';
import { TaskView } from './task-view.tsx';

/** The practice range: tasks that are graded by behaviour. */
export function Practice() {
  useEffect(() => {
    const follow = (): void => void followAddress();
    void loadTasks().then(beginHere);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return (
    <div class="page practice">
      {practiceTrouble.value !== undefined && (
        <p class="panel empty error-text" role="alert">
          {practiceTrouble.value}
        </p>
      )}
      {open.value === undefined ? (
        <>
          <header>
            <h1>Practice</h1>
            <p>
              Tasks that are graded by what your rules do, with hints and solutions. What you write stays in this
              browser.
            </p>
          </header>
          <TaskList />
        </>
      ) : (
        <TaskView />
      )}
    </div>
  );
}
