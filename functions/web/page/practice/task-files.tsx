import { useState } from 'preact/hooks';
import { SHIPPED_PATH } from '../../../../engine/practice/task.ts';
import { CodeBox } from '../editor/code-box.tsx';
import { FindingsList } from '../editor/findings-list.tsx';
import { Tabs } from '../shell/tabs.tsx';
import { check, isGrading } from './checking.ts';
import { machine, NAMES, showPlace } from './machine-state.ts';
import { saveFiles, unsaved } from './node.ts';
import { beginning, editFile, files, freePath, newFile, open, shownPath } from './open-task.ts';

/** The files of the practice machine, one of them in the editor. */
export function TaskFiles() {
  const [path, setPath] = useState<string | undefined>(undefined);
  const file = files.value.find(({ name }) => name === shownPath.value) ?? files.value[0];
  if (file === undefined) return null;
  const { name, text } = file;
  const isShipped = name === SHIPPED_PATH;
  const tabs = files.value.map((one) => ({
    id: one.name,
    title: (
      <span title={one.name}>
        {one.name.slice(one.name.lastIndexOf('/') + 1)}
        {one.name === SHIPPED_PATH && <span class="spoken">, to read only</span>}
        {unsaved.value.includes(one) && <span class="unsaved" role="img" aria-label="not saved" />}
      </span>
    ),
  }));
  return (
    <section class="panel task-files" aria-label="Files" onKeyDown={saveByKey} onFocusOut={saveBehind}>
      <div class="bar">
        <Tabs name="files" label="Files" tabs={tabs} chosen={name} onChoose={(id) => (shownPath.value = id)} />
        <button
          type="button"
          class="button bare"
          aria-label="New file"
          title="New file"
          aria-expanded={path !== undefined}
          onClick={() => setPath(path === undefined ? freePath() : undefined)}
        >
          +
        </button>
      </div>
      {path !== undefined && (
        <form
          class="task-foot"
          onSubmit={(event) => {
            event.preventDefault();
            if (newFile(path)) setPath(undefined);
          }}
        >
          <input
            class="field mono grow"
            aria-label="Path of the new file"
            spellcheck={false}
            value={path}
            onInput={(event) => setPath(event.currentTarget.value)}
          />
          <button type="submit" class="button">
            Create
          </button>
        </form>
      )}
      <div class="task-pane">
        <div class="task-editor" role="tabpanel" id="files-panel" aria-labelledby={`files-${name}`}>
          <CodeBox
            key={beginning.value}
            name={name}
            label={name}
            language={/rules/.test(name) ? 'rules' : 'scenario'}
            text={text}
            now={() => files.peek().find((one) => one.name === name)?.text ?? text}
            names={NAMES}
            findings={machine.value?.findings.filter(({ source }) => source === name) ?? NONE}
            isReadOnly={isShipped}
            onEdit={(edited) => editFile(name, edited)}
          />
        </div>
        <FindingsList
          loads={machine.value?.loads}
          findings={machine.value?.findings ?? NONE}
          shown={name}
          onShow={showPlace}
        />
      </div>
      <div class="task-foot">
        <span class="mono soft grow task-path">
          {name}
          {isShipped && ' (read only)'}
        </span>
        {open.value?.hasNode === true && (
          <button type="button" class="button" disabled={unsaved.value.length === 0} onClick={() => void saveFiles()}>
            Save
          </button>
        )}
        {open.value?.examPlace === undefined ? (
          <button type="button" class="button main" disabled={isGrading.value} onClick={() => void check()}>
            {isGrading.value ? 'Checking' : 'Check'}
          </button>
        ) : (
          <span class="soft">kept as you write</span>
        )}
      </div>
    </section>
  );
}

const NONE: readonly never[] = [];

/** Ctrl-S saves, as in any editor. */
function saveByKey(event: KeyboardEvent): void {
  if (event.key !== 's' || !(event.ctrlKey || event.metaKey) || open.peek()?.hasNode !== true) return;
  event.preventDefault();
  void saveFiles();
}

/** Whoever goes on to the terminal expects there what he wrote here. */
function saveBehind({ relatedTarget, currentTarget }: FocusEvent): void {
  const isWithin = relatedTarget instanceof Node && (currentTarget as Element).contains(relatedTarget);
  if (!isWithin && open.peek()?.hasNode === true) void saveFiles();
}
