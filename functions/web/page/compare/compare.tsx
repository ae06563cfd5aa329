import { useEffect } from 'preact/hooks';
import type { Signal } from '@preact/signals';
import type { RuleFile } from '../judge/protocol.ts';
import { library, starterRules } from '../playground/library.ts';
import { openRuleFiles } from '../playground/begin.ts';
import { chooseFiles } from '../shell/open-file.ts';
import { ChangeView } from './change-view.tsx';
import { Recordings } from './recordings.tsx';
import { StoredTraces } from './stored-traces.tsx';
import {
  after,
  before,
  compare,
  compareTrouble,
  prepare,
  progress,
  workloads,
  type Workloads,
} from './compare-state.ts';

/** Two versions of rules over chosen traces: what the change does to alerts. */
export function Compare() {
  useEffect(() => void prepare(), []);
  return (
    <div class="page">
      <header>
        <h1>Compare</h1>
        <p>
          What a change of rules does to alerts: which are gone, which are new, on what work, and which edit is behind
          each.
        </p>
      </header>
      <div class="sides">
        <Side title="Before" files={before} />
        <Side title="After" files={after} />
      </div>
      <section class="panel workloads" aria-label="Traces">
        <div class="row wrap workload-choices">
          <Choice name="attacks" label="Attacks" />
          <Choice name="twins" label="Harmless twins" />
          <Choice name="ordinary" label="Ordinary work" />
        </div>
        <StoredTraces />
        <Recordings />
        <div class="row wrap workload-foot">
          <Run />
        </div>
      </section>
      {compareTrouble.value !== undefined && (
        <p class="panel empty error-text" role="alert">
          {compareTrouble.value}
        </p>
      )}
      <ChangeView />
    </div>
  );
}

function Run() {
  const going = progress.value;
  return (
    <>
      <button
        type="button"
        class="button main"
        disabled={going !== undefined || after.value.length === 0}
        onClick={() => void compare()}
      >
        Compare
      </button>
      {going !== undefined && (
        <>
          <progress max={Math.max(1, going.total)} value={going.done} aria-label="Progress" />
          <span class="soft number" role="status">
            {going.done} of {going.total} traces
          </span>
        </>
      )}
    </>
  );
}

function Side({ title, files }: { readonly title: string; readonly files: Signal<readonly RuleFile[]> }) {
  return (
    <section class="panel side" aria-label={title}>
      <h2>{title}</h2>
      <ol>
        {files.value.map(({ name, text }) => (
          <li key={name}>
            <span class="mono">{name}</span> <span class="soft number">{text.split('\n').length} lines</span>
          </li>
        ))}
      </ol>
      <div class="row wrap">
        <button
          type="button"
          class="button"
          onClick={() =>
            void chooseFiles('.yaml,.yml', true).then(async (chosen) => take(files, await textsOf(chosen)))
          }
        >
          Open files…
        </button>
        <button type="button" class="button" onClick={() => void openRuleFiles().then((own) => take(files, own))}>
          From the playground
        </button>
        <button
          type="button"
          class="button"
          onClick={() => void starterRules().then((text) => take(files, [{ name: 'starter_rules.yaml', text }]))}
        >
          Starter rules
        </button>
      </div>
    </section>
  );
}

function Choice({ name, label }: { readonly name: Workloads; readonly label: string }) {
  return (
    <label>
      <input
        type="checkbox"
        checked={workloads.value.has(name)}
        onChange={(event) => {
          const chosen = new Set(workloads.value);
          if (event.currentTarget.checked) chosen.add(name);
          else chosen.delete(name);
          workloads.value = chosen;
        }}
      />
      {label} <span class="soft number">{countOf(name)}</span>
    </label>
  );
}

function countOf(name: Workloads): number {
  if (name === 'twins') return library.value.filter(({ benign }) => benign).length;
  return library.value.filter((entry) => entry.name.startsWith('workloads/') === (name === 'ordinary')).length;
}

function take(files: Signal<readonly RuleFile[]>, chosen: readonly RuleFile[]): void {
  if (chosen.length > 0) files.value = chosen;
}

function textsOf(files: readonly File[]): Promise<readonly RuleFile[]> {
  return Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() })));
}
