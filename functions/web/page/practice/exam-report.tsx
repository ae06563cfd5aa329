import type { ExamPart, ExamResult } from '../../../../engine/practice/exam.ts';
import { CheckList } from './check-list.tsx';
import { usedMs } from './exam-state.ts';
import type { KeptExam } from './kept-exam.ts';
import { practise } from './practice-state.ts';

/** What an exam came to, and of each task why. */
export function ExamReport({ sat, result }: { readonly sat: KeptExam; readonly result: ExamResult }) {
  const { percent, passing, passed, parts, minutes } = result;
  return (
    <>
      <section class="panel exam-verdict" aria-label="Result of the exam">
        <div class="verdict" role="status">
          <h2>{passed ? 'Passed' : 'Not passed'}</h2>
          <p class="number">
            {percent} of 100, {passing} are needed; {Math.max(1, Math.ceil(usedMs(sat) / 60_000))} of {minutes} minutes
          </p>
        </div>
        <div class="meter" aria-hidden="true">
          <span class={passed ? 'good' : 'bad'} style={{ width: `${percent}%` }} />
          <span class="mark-at" style={{ left: `${passing}%` }} />
        </div>
      </section>
      <section class="panel exam-parts" aria-label="Tasks">
        <ol>
          {parts.map((part, place) => (
            <Part key={part.task} part={part} place={place} seed={result.seed} />
          ))}
        </ol>
      </section>
    </>
  );
}

function Part(props: { readonly part: ExamPart; readonly place: number; readonly seed: string }) {
  const { part, place, seed } = props;
  const { task, title, begun, grade, percent, of } = part;
  const isFull = begun && grade.passed;
  return (
    <li>
      <details>
        <summary class="exam-row">
          <span class="number soft">{place + 1}</span>
          <span class="task-title">{title}</span>
          <span class="task-state">
            <span class={isFull ? 'chip ok' : begun ? 'chip alert' : 'chip'}>
              {isFull ? 'full' : begun ? 'in part' : 'not begun'}
            </span>
          </span>
          <span class="number soft">
            {percent} of {of} %
          </span>
        </summary>
        {begun && <CheckList checks={grade.checks} />}
        <p class="task-foot">
          <span class="soft grow">Hints and the solution are there when you practise it.</span>
          <button type="button" class="button" onClick={() => void practise(task, seed)}>
            Practise it<span class="spoken">: {title}</span>
          </button>
        </p>
      </details>
    </li>
  );
}
