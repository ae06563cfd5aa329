import { useEffect, useState } from 'preact/hooks';
import { Timeline } from '../timeline/timeline.tsx';
import { begin } from './begin.ts';
import { Explanation } from './explanation.tsx';
import { LinkNote } from '../share/link-note.tsx';
import { Results } from './results.tsx';
import { RulesPanel } from './rules-panel.tsx';
import { openFiles, TraceBar } from './trace-bar.tsx';

/** Rules on one side, what they say of a trace on the other. */
export function Playground() {
  const [isOver, setOver] = useState(false);
  useEffect(() => void begin(), []);
  return (
    <div class="playground">
      <h1 class="spoken">Playground</h1>
      <LinkNote />
      <RulesPanel />
      <section
        class={isOver ? 'panel trace over' : 'panel trace'}
        aria-label="Trace"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void openFiles([...(event.dataTransfer?.files ?? [])]);
        }}
      >
        <TraceBar />
        <Timeline />
        <Results />
        <Explanation />
      </section>
    </div>
  );
}
