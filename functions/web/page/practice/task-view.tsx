import { useEffect, useRef, useState } from 'preact/hooks';
import { GradeView } from './grade-view.tsx';
import { HelpView } from './help-view.tsx';
import { ExamBar } from './exam-bar.tsx';
import { open } from './open-task.ts';
import { lookAt, nextVariant, resetTask } from './practice-state.ts';
import { Prose } from './prose.tsx';
import { TaskFiles } from './task-files.tsx';
import { Terminal } from './terminal.tsx';

/** A task that is worked on: what is asked, its files, what became of them. */
export function TaskView() {
  const task = open.value;
  const heading = useRef<HTMLHeadingElement>(null);
  // The link that led here is gone: keys and readers go on from the title.
  useEffect(() => heading.current?.focus(), [task?.sheet.id]);
  if (task === undefined) return null;
  const { title, skill, minutes, points, seed, instructions, questions, traces } = task.sheet;
  const isExam = task.examPlace !== undefined;
  return (
    <>
      <ExamBar />
      <header>
        {!isExam && (
          <p>
            <a href="#" onClick={() => (open.value = undefined)}>
              All tasks
            </a>
          </p>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p>
          {skill}. {minutes} minutes, {points} points
          {isExam ? '' : `, variant ${seed}`}.
        </p>
      </header>
      <div class="task">
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
        <div class="task-work">
          <TaskFiles />
          {task.hasNode && <Terminal />}
          {!isExam && <GradeView />}
          <div class="row wrap">
            {!isExam && (
              <button type="button" class="button" onClick={() => void nextVariant()}>
                Another variant
              </button>
            )}
            <Reset />
          </div>
        </div>
        {!isExam && <HelpView />}
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
