import { CodeBox } from '../editor/code-box.tsx';
import { columns, openText, story } from './session.ts';

let timer: ReturnType<typeof setTimeout> | undefined;
/** Milliseconds after the last letter: a story is played as a whole. */
const REST_MS = 120;

/** The story as text: an edit is played and judged at once. */
export function StoryEditor() {
  const open = story.value;
  if (open === undefined) return <p class="empty">A recorded trace has no story. Choose a scenario to change one.</p>;
  const findings = columns.value?.diagnostics ?? [];
  return (
    <div class="story-editor">
      <CodeBox
        name={`story ${open.name}`}
        label={`Scenario ${open.name}`}
        language="scenario"
        text={open.text}
        now={() => story.peek()?.text ?? open.text}
        findings={findings}
        onEdit={(text) => {
          if (text === story.peek()?.text) return;
          story.value = { name: open.name, text };
          clearTimeout(timer);
          timer = setTimeout(() => void openText(open.name, text, columns.peek()?.case), REST_MS);
        }}
      />
      {findings.length > 0 && <p class="findings error-text">{findings[0]?.message}</p>}
    </div>
  );
}
