import { exam } from './exam-state.ts';
import { open } from './open-task.ts';
import { TimeLeft } from './time-left.tsx';
import { isBegun } from './written-files.ts';

/** Above a task of the exam: the way to the others, and the time. */
export function ExamBar() {
  const sat = exam.value;
  const place = open.value?.examPlace;
  if (sat === undefined || place === undefined) return null;
  return (
    <nav class="panel exam-bar" aria-label="Exam">
      <ol>
        {sat.tasks.map((id, at) => (
          <li key={id}>
            <a class="exam-place number" href={`#exam/${at + 1}`} aria-current={at === place ? 'page' : undefined}>
              <span class="spoken">Task </span>
              {at + 1}
              {isBegun(sat.files[id]) && (
                <>
                  <span class="dot" aria-hidden="true" />
                  <span class="spoken">, begun</span>
                </>
              )}
            </a>
          </li>
        ))}
      </ol>
      <TimeLeft />
      <a class="button" href="#exam">
        All tasks, hand in
      </a>
    </nav>
  );
}
