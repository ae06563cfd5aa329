import { useEffect } from 'preact/hooks';
import { TokenField } from '../service/token-field.tsx';
import { listTrouble, loadTraces, next, traces } from './trace-list.ts';
import { TraceRow } from './trace-row.tsx';
import { UploadArea } from './upload-area.tsx';

/** The recordings that the service keeps. */
export function Traces() {
  useEffect(() => void loadTraces(), []);
  const list = traces.value;
  return (
    <div class="page">
      <header>
        <h1>Traces</h1>
        <p>
          Recordings of machines: what Falco, sysdig and Stratoshark wrote, and what the agent sends. Open one in the
          playground to run rules over it.
        </p>
      </header>
      <TokenField onGiven={() => void loadTraces()} />
      <UploadArea />
      {listTrouble.value !== undefined && (
        <p class="error-text" role="alert">
          {listTrouble.value}
        </p>
      )}
      <div class="panel listing" aria-busy={list === undefined}>
        {list?.length === 0 && (
          <p class="empty">No trace is kept here yet. Drop one above, or: creance trace put FILE --server URL</p>
        )}
        {list !== undefined && list.length > 0 && (
          <ul>
            {list.map((trace) => (
              <TraceRow key={trace.id} trace={trace} />
            ))}
          </ul>
        )}
      </div>
      {next.value !== undefined && (
        <button type="button" class="button more" onClick={() => void loadTraces(next.value)}>
          More
        </button>
      )}
    </div>
  );
}
