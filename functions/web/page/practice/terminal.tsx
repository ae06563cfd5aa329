import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { interrupt, node, speed, transcript } from './node.ts';
import { TerminalLine } from './terminal-line.tsx';

/** How much faster time may pass on the node. */
const SPEEDS = [1, 5, 20, 60];
/** Pixels from the end within which new lines are followed. */
const NEAR_END = 40;

/** A terminal on the node of the task. */
export function Terminal() {
  const shown = node.value;
  const line = useRef<HTMLInputElement>(null);
  return (
    <section class="panel terminal" aria-label="Terminal">
      <div class="bar">
        <h2 class="grow">Terminal</h2>
        {shown !== undefined && (
          <time class="soft number" title="The time on the node">
            {new Date(shown.clock).toISOString().slice(11, 19)}
          </time>
        )}
        <label class="choice">
          <span class="soft">Time</span>
          <select
            class="field"
            title="How fast time passes on the node"
            value={speed.value}
            onChange={(event) => (speed.value = Number(event.currentTarget.value))}
          >
            {SPEEDS.map((times) => (
              <option key={times} value={times}>
                {times} ×
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="button" disabled={shown?.isBusy !== true} onClick={() => void interrupt()}>
          Ctrl-C
        </button>
      </div>
      <Screen line={line} />
    </section>
  );
}

/** What was typed and what came of it, and the line that is typed; it is in view unless somebody looks further up. */
function Screen({ line }: { readonly line: RefObject<HTMLInputElement | null> }) {
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const pieces = transcript.value;
  useLayoutEffect(() => {
    if (follows.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [pieces]);
  return (
    <div
      class="terminal-screen"
      ref={box}
      onClick={(event) => focusLine(event, line.current)}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) =>
        (follows.current = scrollHeight - scrollTop - clientHeight < NEAR_END)
      }
    >
      <div role="log" aria-label="Output" aria-live="polite">
        {pieces.length === 0 ? (
          <p class="soft">{WELCOME}</p>
        ) : (
          <pre>
            {pieces.map(({ number, text }) => (
              <span key={number}>{text}</span>
            ))}
          </pre>
        )}
      </div>
      <TerminalLine input={line} />
    </div>
  );
}

const WELCOME =
  'A node with Falco as a service. help tells what can be typed; edit FILE opens a file in the editor. Tab completes what is typed, the arrow keys bring back what was.';

/** A click that selects nothing and hits nothing goes on typing. */
function focusLine(event: MouseEvent, input: HTMLInputElement | null): void {
  const isPlain = event.target instanceof Element && event.target.closest('input, button, select') === null;
  if (isPlain && getSelection()?.isCollapsed === true) input?.focus({ preventScroll: true });
}
