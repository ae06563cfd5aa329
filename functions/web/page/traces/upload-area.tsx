import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { chooseFiles } from '../shell/open-file.ts';
import { bytesWords } from './bytes-words.ts';
import { loadTraces } from './trace-list.ts';
import { uploadTrace } from './upload.ts';

/** A file on its way. */
interface Sending {
  readonly number: number;
  readonly file: File;
  readonly labels: Readonly<Record<string, string>>;
  /** It is read for its hash, or sent. */
  readonly stage: 'read' | 'sent';
  readonly bytes: number;
  readonly trouble: string | undefined;
  readonly cancel: AbortController;
}

const sendings = signal<readonly Sending[]>([]);
let count = 0;

/** Takes files that are dropped, and shows how far each of them is. */
export function UploadArea() {
  const [isOver, setOver] = useState(false);
  const [kind, setKind] = useState('');
  const labels: Record<string, string> = kind === '' ? {} : { kind };
  return (
    <section
      class={isOver ? 'panel drop over' : 'panel drop'}
      aria-label="Upload"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void send([...(event.dataTransfer?.files ?? [])], labels);
      }}
    >
      <div class="row wrap">
        <span class="grow">Drop scap or jsonl files here, gzipped or not.</span>
        <label class="choice">
          <span class="soft">They show</span>
          <select class="field" value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
            <option value="">not said</option>
            <option value="attack">an attack</option>
            <option value="benign">ordinary work</option>
          </select>
        </label>
        <button
          type="button"
          class="button main"
          onClick={() => void chooseFiles('', true).then((files) => send(files, labels))}
        >
          Choose files…
        </button>
      </div>
      {sendings.value.length > 0 && (
        <ul class="sendings">
          {sendings.value.map((one) => (
            <SendingRow key={one.number} {...one} />
          ))}
        </ul>
      )}
    </section>
  );
}

function SendingRow({ number, file, labels, stage, bytes, trouble, cancel }: Sending) {
  const { name, size } = file;
  return (
    <li class="row wrap">
      <span class="grow">{name}</span>
      {trouble === undefined ? (
        <>
          <progress max={Math.max(1, size)} value={bytes} aria-label={`Upload of ${name}`} />
          <span class="soft number">
            {stage === 'read' ? 'reading, ' : ''}
            {bytesWords(bytes)} of {bytesWords(size)}
          </span>
        </>
      ) : (
        <>
          <span class="error-text" role="alert">
            {trouble}
          </span>
          <button
            type="button"
            class="button"
            onClick={() => {
              drop(number);
              void send([file], labels);
            }}
          >
            Go on<span class="spoken"> with the upload of {name}</span>
          </button>
        </>
      )}
      <button
        type="button"
        class="button bare"
        aria-label={trouble === undefined ? `Give up the upload of ${name}` : `Take ${name} off the list`}
        onClick={() => {
          cancel.abort();
          drop(number);
        }}
      >
        ×
      </button>
    </li>
  );
}

async function send(files: readonly File[], labels: Readonly<Record<string, string>>): Promise<void> {
  for (const file of files) {
    const number = ++count;
    const cancel = new AbortController();
    const begun: Sending = { number, file, labels, stage: 'sent', bytes: 0, trouble: undefined, cancel };
    sendings.value = [...sendings.value, begun];
    try {
      await uploadTrace(file, labels, (stage, bytes) => change(number, { stage, bytes }), cancel.signal);
      drop(number);
      await loadTraces();
    } catch (error) {
      if (!cancel.signal.aborted) change(number, { trouble: (error as Error).message });
    }
  }
}

function change(number: number, changes: Partial<Sending>): void {
  sendings.value = sendings.value.map((one) => (one.number === number ? { ...one, ...changes } : one));
}

function drop(number: number): void {
  sendings.value = sendings.value.filter((one) => one.number !== number);
}
