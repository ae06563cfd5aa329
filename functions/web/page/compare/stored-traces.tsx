import { TokenField } from '../service/token-field.tsx';
import type { Trace } from '../../../client/service-api.ts';
import { chosenStored, loadStored, MOST_STORED, stored, storedTrouble } from './compare-state.ts';

/** Traces that the service keeps, to be chosen; asked for when they are looked at. */
export function StoredTraces() {
  const list = stored.value;
  const chosen = chosenStored.value.size;
  return (
    <details
      class="stored"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open && list === undefined) void loadStored();
      }}
    >
      <summary>
        Traces of the service <span class="count">{chosen === 0 ? 'none' : chosen}</span>
      </summary>
      <TokenField onGiven={() => void loadStored()} />
      {list === undefined && <p class="soft">Asking the service</p>}
      {storedTrouble.value !== undefined && (
        <p class="error-text" role="alert">
          {storedTrouble.value}
        </p>
      )}
      {list?.length === 0 && storedTrouble.value === undefined && (
        <p class="soft">
          It keeps none yet: <a href="/traces">Traces</a> takes recordings.
        </p>
      )}
      {list !== undefined && list.length > 0 && (
        <ul class="choices">
          {list.map((trace) => (
            <StoredRow key={trace.id} trace={trace} />
          ))}
        </ul>
      )}
      {list?.length === MOST_STORED && <p class="soft">The latest {MOST_STORED} are listed.</p>}
    </details>
  );
}

function StoredRow({ trace: { id, name, summary, labels } }: { readonly trace: Trace }) {
  const { kind } = labels;
  return (
    <li>
      <label>
        <input
          type="checkbox"
          checked={chosenStored.value.has(id)}
          onChange={(event) => {
            const chosen = new Set(chosenStored.value);
            if (event.currentTarget.checked) chosen.add(id);
            else chosen.delete(id);
            chosenStored.value = chosen;
          }}
        />
        <span class="grow">{name}</span>
      </label>
      {summary !== undefined && <span class="soft number">{summary.events.toLocaleString('en')} events</span>}
      <span class={kind === 'attack' ? 'chip alert' : kind === 'benign' ? 'chip ok' : 'chip'}>
        {kind === 'attack' ? 'attack' : kind === 'benign' ? 'ordinary work' : 'not labelled'}
      </span>
    </li>
  );
}
