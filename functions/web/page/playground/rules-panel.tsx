import { useState } from 'preact/hooks';
import { chooseFiles } from '../shell/open-file.ts';
import { Tabs } from '../shell/tabs.tsx';
import { CodeBox } from '../editor/code-box.tsx';
import { FindingsList } from '../editor/findings-list.tsx';
import { reveal } from '../editor/reveal.ts';
import type { RuleNames } from '../editor/rule-names.ts';
import { addFile, closeFile, editFile, newFile, openFile, originOf, ruleFiles, shownFile } from './rule-files.ts';
import { definitions, judge, verdict } from './session.ts';

/** The rule files, the one that is edited, and what is wrong with them. */
export function RulesPanel() {
  const file = openFile.value;
  const [isOver, setOver] = useState(false);
  const tabs = ruleFiles.value.map(({ name, origin }, place) => ({
    id: name,
    title: (
      <>
        <span class="order" aria-hidden="true">
          {place + 1}
        </span>
        {name}
        <span class="spoken">
          , {origin}, loaded as number {place + 1}
        </span>
        {hasError(name) && <span class="dot" title="does not load" />}
      </>
    ),
  }));
  return (
    <section
      class={isOver ? 'panel rules over' : 'panel rules'}
      aria-label="Rules"
      onDragOver={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(false);
        void take([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <div class="bar">
        <Tabs
          name="rules"
          label="Rule files, in the order they are loaded"
          tabs={tabs}
          chosen={file.name}
          onChoose={(id) => (shownFile.value = id)}
        />
        <button
          type="button"
          class="button bare"
          onClick={newFile}
          aria-label="New file in rules.d"
          title="New file in rules.d"
        >
          +
        </button>
        <button type="button" class="button bare" onClick={() => void chooseFiles('.yaml,.yml', true).then(take)}>
          Open…
        </button>
        <button
          type="button"
          class="button bare"
          onClick={() => void format()}
          title="Lay out the conditions of this file"
        >
          Format
        </button>
        {ruleFiles.value.length > 1 && (
          <button
            type="button"
            class="button bare"
            onClick={() => closeFile(file.name)}
            aria-label={`Close ${file.name}`}
            title="Close this file"
          >
            ×
          </button>
        )}
      </div>
      <div class="fill" role="tabpanel" id="rules-panel" aria-labelledby={`rules-${file.name}`}>
        <CodeBox
          name={file.name}
          label={`Rules in ${file.name}`}
          language="rules"
          text={file.text}
          now={() => ruleFiles.peek().find(({ name }) => name === file.name)?.text ?? file.text}
          names={NAMES}
          findings={verdict.value?.findings.filter(({ source }) => source === file.name) ?? NONE}
          onEdit={(text) => editFile(file.name, text)}
        />
      </div>
      <FindingsList
        loads={verdict.value?.loads}
        findings={verdict.value?.findings ?? NONE}
        shown={file.name}
        onShow={showPlace}
      />
    </section>
  );
}

const NONE: readonly never[] = [];
const NAMES: RuleNames = {
  all: () => definitions.peek(),
  show: ({ file, offset }) => showPlace(file, offset, offset),
};

function showPlace(file: string, from: number, to: number): void {
  shownFile.value = file;
  reveal(file, from, to);
}

function hasError(name: string): boolean {
  return verdict.value?.findings.some(({ source, severity }) => source === name && severity === 'error') ?? false;
}

/** Lays out the conditions of the file that is shown. */
async function format(): Promise<void> {
  const { name, text } = openFile.value;
  const edits = await judge.ask('format', { text });
  if (edits === undefined || openFile.value.text !== text) return;
  let formatted = text;
  for (const edit of edits.toReversed())
    formatted = formatted.slice(0, edit.from) + edit.text + formatted.slice(edit.to);
  editFile(name, formatted);
}

async function take(files: readonly File[]): Promise<void> {
  for (const file of files) {
    const origin = originOf(file.name);
    addFile({ name: origin === 'rules.d' ? `rules.d/${file.name}` : file.name, origin, text: await file.text() });
  }
}
