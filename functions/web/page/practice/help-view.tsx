import { grade, hintsShown, solutionAsked } from './checking.ts';
import { open } from './open-task.ts';
import { Prose } from './prose.tsx';

/** Hints, one level at a time, and the solution. */
export function HelpView() {
  const task = open.value;
  if (task === undefined) return null;
  const { hints, solution } = task;
  const shown = hintsShown.value;
  const passed = grade.value?.passed === true;
  const isTold = solutionAsked.value >= (passed ? 1 : 2);
  return (
    <section class="panel help" aria-label="Help">
      <div class="row wrap">
        <button
          type="button"
          class="button"
          disabled={shown >= hints.length}
          onClick={() => (hintsShown.value = Math.min(hints.length, shown + 1))}
        >
          {shown >= hints.length ? 'No more hints' : `Hint ${shown + 1} of ${hints.length}`}
        </button>
        <button type="button" class="button" disabled={isTold} onClick={() => solutionAsked.value++}>
          {solutionAsked.value === 1 && !passed ? 'Yes, show the solution' : 'Solution'}
        </button>
      </div>
      <div aria-live="polite">
        {shown > 0 && (
          <ol class="hints">
            {hints.slice(0, shown).map((hint) => (
              <li key={hint}>
                <Prose text={hint} />
              </li>
            ))}
          </ol>
        )}
        {isTold && (
          <div class="solution">
            <h2>Solution</h2>
            <Prose text={solution.explanation} />
            {solution.commands.length > 0 && (
              <figure>
                <figcaption class="soft">In the terminal</figcaption>
                <pre tabIndex={0}>{solution.commands.map((line) => line.trimEnd()).join('\n')}</pre>
              </figure>
            )}
            {solution.files.map(({ name, text }) => (
              <figure key={name}>
                <figcaption class="mono soft">{name}</figcaption>
                <pre tabIndex={0}>{text}</pre>
              </figure>
            ))}
          </div>
        )}
      </div>
    </section>
  );
}
