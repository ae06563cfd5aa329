import type { CheckResult } from '../../../../engine/practice/grade.ts';
import { withoutRepeats } from '../../../../engine/practice/without-repeats.ts';

/** What became of each check: its points, what was expected, what came, what came nearest. */
export function CheckList({ checks }: { readonly checks: readonly CheckResult[] }) {
  return (
    <ol>
      {withoutRepeats(checks).map((check, place) => (
        <Check key={place} check={check} />
      ))}
    </ol>
  );
}

function Check({ check: { about, isMet, points, of, bonus, feedback } }: { readonly check: CheckResult }) {
  return (
    <li class="grade-check">
      <span class={isMet ? 'chip ok number' : bonus ? 'chip number' : 'chip error number'}>
        <span class="spoken">{isMet ? 'met, ' : 'not met, '}</span>
        <span aria-hidden="true">{isMet ? '✓' : '✗'}</span> {points}/{of}
      </span>
      <div>
        <h3>
          {about} {bonus && <span class="chip">bonus</span>}
        </h3>
        {feedback.length > 0 && <pre tabIndex={0}>{feedback.join('\n')}</pre>}
      </div>
    </li>
  );
}
