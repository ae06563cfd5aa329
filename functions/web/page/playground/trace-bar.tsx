import { chooseFiles } from '../shell/open-file.ts';
import { ShareMenu } from '../share/share-menu.tsx';
import type { TraceColumns } from '../judge/protocol.ts';
import { library, type LibraryEntry } from './library.ts';
import { columns, isOpening, openStory, openText, openTrace, story, verdict, waited } from './session.ts';

/** What is judged: a scenario of the library, or a recorded trace; and the figures of it. */
export function TraceBar() {
  const shown = columns.value;
  const name = story.value?.name ?? shown?.name ?? '';
  const isListed = library.value.some((entry) => entry.name === name || `${entry.name}.benign` === name);
  return (
    <div class="trace-bar">
      <div class="bar">
        <h2>
          <label for="story">Trace</label>
        </h2>
        <select
          id="story"
          class="field grow"
          value={name}
          onChange={(event) => void openStory(event.currentTarget.value)}
        >
          {!isListed && <option value={name}>{name === '' ? 'Loading …' : name}</option>}
          {groups(library.value).map(([title, entries]) => (
            <optgroup key={title} label={title}>
              {entries.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        {shown !== undefined && shown.cases.length > 0 && (
          <select
            class="field cases"
            aria-label="Case"
            value={shown.case}
            onChange={(event) => void openCase(event.currentTarget.value)}
          >
            {shown.cases.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        )}
        <button type="button" class="button" onClick={() => void chooseFiles('').then(openFiles)}>
          Open…
        </button>
        <ShareMenu />
      </div>
      <Facts />
    </div>
  );
}

function Facts() {
  const shown = columns.value;
  const told = verdict.value;
  if (shown === undefined || told === undefined)
    return <p class="facts soft">{isOpening.value ? 'Reading …' : 'No trace is open.'}</p>;
  const text = library.value.find(({ name }) => name === story.value?.name)?.story;
  return (
    <p class="facts soft">
      <span class="number">
        {shown.numbers.length.toLocaleString('en')} events, {shown.processes.filter(({ events }) => events > 0).length}{' '}
        processes, judged in {Math.max(1, Math.round(waited.value ?? 0))} ms
      </span>
      {text !== undefined && <span class="story-text">{text}</span>}
      {text === undefined && <Damage columns={shown} />}
    </p>
  );
}

/** What is wrong with a recorded trace: the worst of it, and how much more there is. */
function Damage({ columns: { diagnostics, isScenario } }: { readonly columns: TraceColumns }) {
  const [first, ...more] = diagnostics.filter(({ severity }) => severity !== 'lint').toSorted(bySeverity);
  if (isScenario || first === undefined) return null;
  return (
    <span class={first.severity === 'error' ? 'error-text story-text' : 'alert-text story-text'} role="status">
      {first.message}
      {more.length > 0 && `; ${more.length} more`}
    </span>
  );
}

function bySeverity(one: { readonly severity: string }, other: { readonly severity: string }): number {
  return Number(one.severity !== 'error') - Number(other.severity !== 'error');
}

/** Opens the first of the files that a user gives: a scenario, or a trace. */
export async function openFiles(files: readonly File[]): Promise<void> {
  const [file] = files;
  if (file === undefined) return;
  if (/\.ya?ml$/.test(file.name)) await openText(file.name, await file.text());
  else await openTrace({ kind: 'bytes', name: file.name, bytes: file });
}

async function openCase(wanted: string): Promise<void> {
  if (story.value !== undefined) await openText(story.value.name, story.value.text, wanted);
}

function groups(entries: readonly LibraryEntry[]): (readonly [string, { value: string; label: string }[]])[] {
  const titles = { intrusions: 'Intrusions', workloads: 'Ordinary work', '': 'Techniques' } as const;
  const found = (Object.keys(titles) as (keyof typeof titles)[]).map((folder) => {
    const own = entries.filter(({ name }) => (folder === '' ? !name.includes('/') : name.startsWith(`${folder}/`)));
    const options = own.flatMap(({ name, benign }) => [
      { value: name, label: titleOf(name) },
      ...(benign ? [{ value: `${name}.benign`, label: `${titleOf(name)} (harmless twin)` }] : []),
    ]);
    return [titles[folder], options] as const;
  });
  return found.filter(([, options]) => options.length > 0) as (readonly [string, { value: string; label: string }[]])[];
}

function titleOf(name: string): string {
  const words = (name.split('/').at(-1) as string).replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
