import { useEffect, useRef, useState } from 'preact/hooks';
import type { TaskSummary } from '../../../../engine/practice/task-sheet.ts';
import { ExamReport } from './exam-report.tsx';
import { exam, gradedTasks, gradeHandedIn, handIn, result } from './exam-state.ts';
import type { KeptExam } from './kept-exam.ts';
import { tasks } from './task-fetch.ts';
import { TimeLeft } from './time-left.tsx';
import { isBegun } from './written-files.ts';

/** The exam: its tasks while it is sat, then what it came to. */
export function ExamView() {
  const sat = exam.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const isOver = sat?.endedAt !== undefined;
  useEffect(() => heading.current?.focus(), [isOver]);
  useEffect(() => {
    if (isOver) void gradeHandedIn();
  }, [isOver]);
  if (sat === undefined) return null;
  return (
    <>
      <header>
        <p>
          <a href="#">All of practice</a>
        </p>
        <h1 ref={heading} tabIndex={-1}>
          Exam
        </h1>
        <p class="number">
          {sat.tasks.length} tasks, {sat.minutes} minutes, seed {sat.seed}
        </p>
      </header>
      {!isOver && <Going sat={sat} />}
      {isOver && result.value === undefined && <Grading of={sat.tasks.length} />}
      {isOver && result.value !== undefined && <ExamReport sat={sat} result={result.value} />}
    </>
  );
}

function Grading({ of }: { readonly of: number }) {
  const done = gradedTasks.value;
  return (
    <section class="panel exam-grading" aria-label="Grading">
      {done === undefined ? (
        <button type="button" class="button" onClick={() => void gradeHandedIn()}>
          Grade it
        </button>
      ) : (
        <>
          <p role="status">Each task is run and graded</p>
          <progress max={of} value={done} aria-label="Graded tasks" />
          <span class="soft number">
            {done} of {of}
          </span>
        </>
      )}
    </section>
  );
}

function Going({ sat }: { readonly sat: KeptExam }) {
  const summaries = sat.tasks.map((id) => tasks.value?.find((task) => task.id === id));
  const whole = summaries.reduce((sum, task) => sum + (task?.weight ?? 0), 0);
  return (
    <section class="panel task-group" aria-label="Tasks of the exam">
      <div class="exam-head">
        <TimeLeft />
        <HandIn left={sat.tasks.filter((id) => !isBegun(sat.files[id])).length} />
      </div>
      <ol>
        {sat.tasks.map((id, place) => (
          <li key={id}>
            <a class="exam-row" href={`#exam/${place + 1}`}>
              <span class="number soft">{place + 1}</span>
              <span class="task-title">{summaries[place]?.title ?? id}</span>
              <span class="task-state">{isBegun(sat.files[id]) && <span class="chip">begun</span>}</span>
              <span class="number soft">{share(summaries[place], whole)} %</span>
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}

function share(task: TaskSummary | undefined, whole: number): number {
  return Math.round((100 * (task?.weight ?? 0)) / Math.max(1, whole));
}

/** It can't be taken back, so it asks. */
function HandIn({ left }: { readonly left: number }) {
  const [isAsked, setAsked] = useState(false);
  const words = left === 0 ? 'Yes, hand in' : `Yes, hand in without ${left === 1 ? 'one task' : `${left} tasks`}`;
  return (
    <button
      type="button"
      class={isAsked ? 'button danger' : 'button main'}
      onBlur={() => setAsked(false)}
      onClick={() => (isAsked ? handIn() : setAsked(true))}
    >
      {isAsked ? words : 'Hand in'}
    </button>
  );
}
