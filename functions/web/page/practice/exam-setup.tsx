import { useState } from 'preact/hooks';
import { MAX_EXAM_TASKS } from '../../../../engine/model/limits.ts';
import { composeExam } from '../../../../engine/practice/exam.ts';
import { beginExam, exam, pastExams } from './exam-state.ts';
import type { PastExam } from './kept-exam.ts';
import { tasks } from './task-fetch.ts';
import { TimeLeft } from './time-left.tsx';

const MOST_SEED = 1_000_000;
/** Exams of before that are listed. */
const MOST_LISTED = 5;

/** Where an exam is begun, or gone on with; and what those of before came to. */
export function ExamSetup() {
  const sat = exam.value;
  const isGoing = sat !== undefined && sat.endedAt === undefined;
  return (
    <section class="panel exam-setup" aria-label="Exam">
      {isGoing ? (
        <div class="row wrap">
          <h2 class="grow">An exam is going on</h2>
          <TimeLeft />
          <a class="button main" href="#exam">
            Go on
          </a>
        </div>
      ) : (
        <Beginning />
      )}
      {pastExams.value.length > 0 && (
        <ul>
          {pastExams.value.slice(0, MOST_LISTED).map((past) => (
            <PastRow key={past.startedAt} past={past} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Beginning() {
  const [count, setCount] = useState(6);
  const [seed, setSeed] = useState(() => String(Math.floor(Math.random() * MOST_SEED)));
  const all = tasks.value ?? [];
  const { tasks: set, minutes, passing } = composeExam(all, seed, count);
  return (
    <form
      class="row wrap"
      onSubmit={(event) => {
        event.preventDefault();
        beginExam(seed, count);
      }}
    >
      <div class="grow exam-about">
        <h2>Exam</h2>
        <p class="soft number">
          {set.length} tasks from all groups in {minutes} minutes, without hints; {passing} of 100 are needed.
        </p>
      </div>
      <label class="choice">
        <span class="soft">Tasks</span>
        <input
          class="field number exam-count"
          type="number"
          min={1}
          max={Math.min(MAX_EXAM_TASKS, Math.max(1, all.length))}
          value={count}
          onInput={(event) => setCount(countOf(event.currentTarget.value))}
        />
      </label>
      <label class="choice">
        <span class="soft" title="The same seed sets the same exam">
          Seed
        </span>
        <input
          class="field mono exam-seed"
          maxLength={64}
          pattern="[\w.\-]{1,64}"
          required
          spellcheck={false}
          value={seed}
          onInput={(event) => setSeed(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button main" disabled={set.length === 0}>
        Begin
      </button>
    </form>
  );
}

function countOf(text: string): number {
  return Math.max(1, Math.min(MAX_EXAM_TASKS, Math.floor(Number(text)) || 1));
}

function PastRow({ past: { seed, tasks: count, startedAt, usedMs, percent, passed } }: { readonly past: PastExam }) {
  const isLatest = exam.value?.startedAt === startedAt && exam.value.endedAt !== undefined;
  const words = `${new Date(startedAt).toLocaleDateString('en', { day: 'numeric', month: 'short', year: 'numeric' })}`;
  return (
    <li class="row wrap">
      <span class={passed ? 'chip ok' : 'chip alert'}>{passed ? 'passed' : 'not passed'}</span>
      <span class="number">{percent} of 100</span>
      <span class="soft number grow">
        {words}, {count} tasks in {Math.max(1, Math.round(usedMs / 60_000))} minutes, seed {seed}
      </span>
      {isLatest && <a href="#exam">Report</a>}
    </li>
  );
}
