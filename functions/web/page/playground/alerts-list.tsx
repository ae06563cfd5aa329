import { useEffect, useRef } from 'preact/hooks';
import { answer } from './explanation-state.ts';
import { clockWords } from '../timeline/time-words.ts';
import { columns, selected, trouble, verdict } from './session.ts';
import { moveFocus } from '../shell/move-focus.ts';

/** The alerts in the order of events; one that is chosen is explained. */
export function AlertsList() {
  const list = useRef<HTMLOListElement>(null);
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
      <ol class="alerts" ref={list} onKeyDown={moveFocus}>
        {told.alerts.map(({ rule, priority, event, message }, place) => (
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
      {told.alerts.length < told.alertCount && (
        <p class="empty">
          {told.alertCount.toLocaleString('en')} alerts; the first {told.alerts.length.toLocaleString('en')} are listed.
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
