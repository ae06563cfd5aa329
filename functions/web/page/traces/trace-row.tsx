import { useState } from 'preact/hooks';
import { beginWith } from '../playground/begin.ts';
import { ask, token } from '../service/ask.ts';
import type { Trace } from '../../../client/service-api.ts';
import { saveFile } from '../shell/open-file.ts';
import { go } from '../shell/route.ts';
import { bytesWords } from './bytes-words.ts';
import { deleteTrace, labelTrace } from './trace-list.ts';

/** A trace that is kept: what it is, its labels, and what can be done with it. */
export function TraceRow({ trace }: { readonly trace: Trace }) {
  const [isAsked, setAsked] = useState(false);
  const { id, name, size, encoding, createdAt, state, reason, summary, recording } = trace;
  return (
    <li class="kept">
      <div class="kept-head">
        <h2>{name}</h2>
        {state !== 'indexed' && <span class={state === 'unreadable' ? 'chip error' : 'chip'}>{STATES[state]}</span>}
        {summary !== undefined && summary.gaps > 0 && (
          <span class="chip alert">{summary.gaps === 1 ? '1 gap' : `${summary.gaps} gaps`}</span>
        )}
        {recording !== undefined && recording.lost > 0 && (
          <span class="chip alert">{recording.lost} segments lost</span>
        )}
      </div>
      <p class="soft number">
        {[
          summary && `${summary.events.toLocaleString('en')} events`,
          `${bytesWords(size)} ${encoding}`,
          createdAt.slice(0, 16).replace('T', ' '),
          ...(summary?.hosts.slice(0, 2) ?? []),
        ]
          .filter((part) => part !== undefined && part !== '')
          .join(' · ')}
      </p>
      {reason !== undefined && <p class="error-text">{reason}</p>}
      <Labels trace={trace} />
      <div class="kept-tools">
        <button type="button" class="button" disabled={state === 'unreadable'} onClick={() => openKept(trace)}>
          Open in the playground
        </button>
        <DownloadButton trace={trace} />
        {isAsked ? (
          <>
            <button type="button" class="button danger" onClick={() => void deleteTrace(id)}>
              Delete for good
            </button>
            <button type="button" class="button" onClick={() => setAsked(false)}>
              Keep
            </button>
          </>
        ) : (
          <button type="button" class="button" onClick={() => setAsked(true)} aria-label={`Delete ${name}`}>
            Delete
          </button>
        )}
      </div>
    </li>
  );
}

/** A link where the browser may fetch the file itself; with a token the page fetches it. */
function DownloadButton({ trace: { id, name } }: { readonly trace: Trace }) {
  const path = `/v1/traces/${id}/content`;
  if (token.value === undefined) {
    return (
      <a class="button" href={path} download>
        Download
      </a>
    );
  }
  return (
    <button
      type="button"
      class="button"
      onClick={() => void ask(path).then(async (answer) => saveFile(name, await answer.blob()))}
    >
      Download
    </button>
  );
}

const STATES = { open: 'recording', pending: 'being read', unreadable: 'can not be read', indexed: '' } as const;

function Labels({ trace: { id, name, labels } }: { readonly trace: Trace }) {
  const [text, setText] = useState('');
  const add = (event: Event): void => {
    event.preventDefault();
    const at = text.indexOf('=');
    if (at < 1) return;
    void labelTrace(id, { [text.slice(0, at).trim()]: text.slice(at + 1).trim() });
    setText('');
  };
  return (
    <div class="labels">
      {Object.entries(labels).map(([key, value]) => (
        <span key={key} class={value === 'attack' ? 'chip alert' : value === 'benign' ? 'chip ok' : 'chip'}>
          {key}={value}
          <button
            type="button"
            aria-label={`Take the label ${key} from ${name}`}
            onClick={() => void labelTrace(id, { [key]: null })}
          >
            ×
          </button>
        </span>
      ))}
      <form onSubmit={add}>
        <input
          class="field mono"
          aria-label={`New label of ${name}`}
          placeholder="key=value"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </form>
    </div>
  );
}

function openKept({ id, name }: Trace): void {
  void beginWith({ kind: 'address', name, url: `/v1/traces/${id}/content`, token: token.peek() });
  go('/');
}
