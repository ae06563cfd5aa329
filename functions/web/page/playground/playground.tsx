import { useEffect, useState } from 'preact/hooks';
import { vocabulary } from '../editor/vocabulary.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { keepDraft, keptDraft } from './draft.ts';
import { beginFiltering } from './event-filter.ts';
import { beginExplaining } from './explanation-state.ts';
import { Explanation } from './explanation.tsx';
import { FIRST_STORY } from './first-rules.ts';
import { loadLibrary, starterRules } from './library.ts';
import { Results } from './results.tsx';
import { ruleFiles } from './rule-files.ts';
import { RulesPanel } from './rules-panel.tsx';
import { beginSession, judge, openStory, openText } from './session.ts';
import { LinkNote } from '../share/link-note.tsx';
import { openLink } from '../share/opened-link.ts';
import { openFiles, TraceBar } from './trace-bar.tsx';

/** Rules on one side, what they say of a trace on the other. */
export function Playground() {
  const [isOver, setOver] = useState(false);
  useEffect(begin, []);
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

let isBegun = false;

/** Opens what was here before, or the first story. Done once, however often the place is visited. */
function begin(): void {
  if (isBegun) return;
  isBegun = true;
  void open();
}

async function open(): Promise<void> {
  void loadLibrary();
  beginSession();
  beginExplaining();
  beginFiltering();
  addEventListener('hashchange', () => void openLink(location.hash));
  if (!(await openLink(location.hash))) await openDraft();
  keepDraft();
  vocabulary.value = await judge.ask('describe', undefined);
}

async function openDraft(): Promise<void> {
  const draft = keptDraft();
  if (draft !== undefined) ruleFiles.value = draft.files;
  else {
    const text = await starterRules();
    ruleFiles.value = ruleFiles.value.map((file) => (file.origin === 'shipped' ? { ...file, text } : file));
  }
  if (draft?.story !== undefined) await openText(draft.story.name, draft.story.text);
  else await openStory(FIRST_STORY);
}
