import { useEffect, useRef, useState } from 'preact/hooks';
import { answer } from './explanation-state.ts';
import { clockWords } from '../timeline/time-words.ts';
import { columns, selected, trouble, verdict } from './session.ts';
import { moveFocus } from '../shell/move-focus.ts';

/** Alerts that are listed at first: a list is made anew at every edit. */
const MOST = 200;

/** The alerts in the order of events; one that is chosen is explained. */
export function AlertsList() {
  const list = useRef<HTMLOListElement>(null);
  const [most, setMost] = useState(MOST);
  const chosen = selected.value;
  useEffect(
    () => list.current?.querySelector('[aria-pressed=true]')?.scrollIntoView({ block: 'nearest' }),
    [chosen, answer.value === undefined],
  );
  const told = verdict.value;
  const shown = columns.value;
  if (trouble.value !== undefined) return <p class="empty error-text">{trouble.value}</p>;
  if (told === undefined || shown === undefined) return <p class="empty" aria-busy="true" />;
  if (told.alertCount === 0) return <Silence />;
  return (
    <>
      {!told.loads && <p class="stale">A file does not load: these are the alerts of the rules as they were before.</p>}
      <ol class="alerts" ref={list} onKeyDown={moveFocus}>
        {told.alerts.slice(0, most).map(({ rule, priority, event, message }, place) => (
          <li key={place}>
            <button
              type="button"
              class="alert-row"
              aria-pressed={selected.value?.event === event && selected.value.rule === rule}
              onClick={() => (selected.value = { event, rule })}
            >
              <span class="time mono">{timeOf(event)}</span>
              <span class={`priority ${priority.toLowerCase()}`}>{priority}</span>
              <span class="rule">{rule}</span>
              <span class="message">{message ?? `event ${event}`}</span>
            </button>
          </li>
        ))}
      </ol>
      {most < told.alertCount && (
        <p class="empty">
          {told.alertCount.toLocaleString('en')} alerts, of which the first {most.toLocaleString('en')} are listed.{' '}
          {most < told.alerts.length && (
            <button type="button" class="link" onClick={() => setMost(most * 5)}>
              More
            </button>
          )}
        </p>
      )}
    </>
  );
}

function Silence() {
  const { rules = [] } = verdict.value ?? {};
  return (
    <p class="empty">
      No rule tells of this trace: {rules.filter(({ enabled }) => enabled).length} were tried on{' '}
      {columns.value?.numbers.length.toLocaleString('en')} events. The tab Rules says of each what came nearest.
    </p>
  );
}

function timeOf(event: number): string {
  const shown = columns.value;
  const place = shown?.numbers.indexOf(event) ?? -1;
  return shown === undefined || place < 0 ? `#${event}` : clockWords(shown.startedAt, shown.times[place] as number);
}
