import type { Grade } from '../../../../engine/practice/grade.ts';
import { CheckList } from './check-list.tsx';
import { grade, isGrading, isOlder } from './checking.ts';

/** What became of the last check: for each part its points, what was expected, what came, what came nearest. */
export function GradeView() {
  const shown = grade.value;
  return (
    <section class="panel grade" aria-label="Result" aria-busy={isGrading.value}>
      <div class="verdict" role="status">
        <h2>{shown === undefined ? 'Not checked yet' : shown.passed ? 'Passed' : 'Not passed yet'}</h2>
        {shown !== undefined && (
          <p>
            <span class="number">{scoreWords(shown)}</span>
            {isOlder.value && <span class="chip">edited since</span>}
          </p>
        )}
      </div>
      {shown === undefined ? (
        <p class="empty">Check runs your files over the traces of the task and compares what they do.</p>
      ) : (
        <CheckList checks={shown.checks} />
      )}
      {shown !== undefined && <StartErrors grade={shown} />}
    </section>
  );
}

function scoreWords({ score, of, bonus, bonusOf }: Grade): string {
  return `${score} of ${of} points${bonusOf === 0 ? '' : `, ${bonus} of ${bonusOf} bonus`}`;
}

/** Why Falco would not start, where no check told it. */
function StartErrors({ grade: { checks, findings } }: { readonly grade: Grade }) {
  const told = checks.flatMap(({ feedback }) => feedback).join('\n');
  const untold = findings.filter(({ severity, message }) => severity === 'error' && !told.includes(message));
  if (untold.length === 0) return null;
  return (
    <div class="grade-errors">
      <h3 class="error-text">Falco would not start</h3>
      <pre tabIndex={0}>{untold.map(({ text }) => text).join('\n')}</pre>
    </div>
  );
}
