import { useState } from 'preact/hooks';
import { GradeView } from './grade-view.tsx';
import { HelpView } from './help-view.tsx';
import { lookAt, nextVariant, open, resetTask } from './practice-state.ts';
import { Prose } from './prose.tsx';
import { TaskFiles } from './task-files.tsx';

/** A task that is worked on: what is asked, its files, what became of them. */
export function TaskView() {
  const task = open.value;
  if (task === undefined) return null;
  const { title, skill, minutes, points, seed, instructions, questions, traces } = task.sheet;
  return (
    <>
      <header>
        <p>
          <a href="#">All tasks</a>
        </p>
        <h1>{title}</h1>
        <p>
          {skill}. {minutes} minutes, {points} points, variant {seed}.
        </p>
      </header>
      <div class="task">
        <div class="task-side">
          <section class="panel task-text" aria-label="Task">
            <Prose text={instructions} />
            {questions.length > 0 && (
              <dl>
                {questions.map(({ name, text }) => (
                  <div key={name}>
                    <dt class="mono">{name}</dt>
                    <dd>{text}</dd>
                  </div>
                ))}
              </dl>
            )}
            {traces.map(({ name, shows }) => (
              <div key={name} class="task-trace">
                <span class="grow">
                  <span class="mono">{name}</span> <span class="soft">{shows}</span>
                </span>
                <button type="button" class="button" onClick={() => void lookAt(name)}>
                  Look at it<span class="spoken"> in the playground: {name}</span>
                </button>
              </div>
            ))}
          </section>
          <HelpView />
        </div>
        <div class="task-side">
          <TaskFiles />
          <GradeView />
          <div class="row wrap">
            <button type="button" class="button" onClick={() => void nextVariant()}>
              Another variant
            </button>
            <Reset />
          </div>
        </div>
      </div>
    </>
  );
}

/** What was written is lost by it, so it asks. */
function Reset() {
  const [isAsked, setAsked] = useState(false);
  return (
    <button
      type="button"
      class={isAsked ? 'button danger' : 'button'}
      onBlur={() => setAsked(false)}
      onClick={() => {
        if (isAsked) resetTask();
        setAsked(!isAsked);
      }}
    >
      {isAsked ? 'Lose what I wrote' : 'Start again'}
    </button>
  );
}
