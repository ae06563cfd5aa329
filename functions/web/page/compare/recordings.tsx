import { chooseFiles } from '../shell/open-file.ts';
import { recordings, type OpenRecording } from './compare-state.ts';

/** Recordings of this machine: they stay in the page. */
export function Recordings() {
  const list = recordings.value;
  return (
    <>
      <button
        type="button"
        class="button"
        onClick={() =>
          void chooseFiles('', true).then((files) => {
            recordings.value = [...list, ...files.map((file) => ({ file, label: 'unknown' as const }))];
          })
        }
      >
        Add recordings…
      </button>
      {list.length > 0 && (
        <ul class="choices">
          {list.map((recording, place) => (
            <RecordingRow key={place} recording={recording} place={place} />
          ))}
        </ul>
      )}
    </>
  );
}

function RecordingRow(props: { readonly recording: OpenRecording; readonly place: number }) {
  const { recording, place } = props;
  const { name } = recording.file;
  return (
    <li>
      <span class="grow">{name}</span>
      <select
        class="field"
        aria-label={`What ${name} shows`}
        value={recording.label}
        onChange={(event) => {
          const label = event.currentTarget.value as OpenRecording['label'];
          recordings.value = recordings.value.map((one, at) => (at === place ? { ...one, label } : one));
        }}
      >
        <option value="unknown">not labelled</option>
        <option value="attack">an attack</option>
        <option value="benign">ordinary work</option>
      </select>
      <button
        type="button"
        class="button bare"
        aria-label={`Take ${name} off`}
        onClick={() => (recordings.value = recordings.value.filter((_, at) => at !== place))}
      >
        ×
      </button>
    </li>
  );
}
