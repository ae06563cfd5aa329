import { useEffect, useRef, useState } from 'preact/hooks';
import { clockWords } from '../timeline/time-words.ts';
import { processLabel } from '../timeline/lanes.ts';
import { condition, conditionProblem, listed } from './event-filter.ts';
import { alertEvents, columns, judge, selected } from './session.ts';
import type { TraceColumns } from '../judge/protocol.ts';

const ROW = 24;
/** Rows beyond the edges that are there already. */
const MARGIN = 8;

/** The events in a table, of which only what is seen is made; a filter above it. */
export function EventsTable() {
  return (
    <div class="events">
      <div class="filter">
        <input
          class="field mono grow"
          type="text"
          aria-label="Filter of events"
          aria-invalid={conditionProblem.value !== undefined}
          aria-describedby="filter-note"
          placeholder="evt.type = open and fd.name startswith /etc"
          spellcheck={false}
          value={condition.value}
          onInput={(event) => (condition.value = event.currentTarget.value)}
        />
        <span
          id="filter-note"
          class={conditionProblem.value === undefined ? 'soft number' : 'error-text'}
          role="status"
        >
          {conditionProblem.value ?? `${listed.value.length.toLocaleString('en')} events`}
        </span>
      </div>
      <Rows />
    </div>
  );
}

function Rows() {
  const host = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [args, setArgs] = useState<ReadonlyMap<number, string>>(new Map());
  const shown = columns.value;
  const { length } = listed.value;
  const height = host.current?.clientHeight ?? 400;
  const from = Math.max(0, Math.floor(top / ROW) - MARGIN);
  const to = Math.min(length, Math.ceil((top + height) / ROW) + MARGIN);
  const places = Array.from({ length: Math.max(0, to - from) }, (_, i) => listed.value.at(from + i));
  const key = `${shown?.name} ${shown?.readMs} ${places[0]} ${places.at(-1)} ${places.length}`;
  useEffect(() => {
    if (places.length === 0) return;
    void judge
      .ask('rows', { places })
      .then((texts) => texts && setArgs(new Map(places.map((place, i) => [place, texts[i] as string]))));
  }, [key]);
  if (shown === undefined) return null;
  return (
    <div
      class="rows"
      ref={host}
      role="listbox"
      tabIndex={0}
      aria-label="Events"
      aria-activedescendant={selected.value === undefined ? undefined : `event-${selected.value.event}`}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={(event) => move(event, shown, host.current)}
    >
      <div role="presentation" style={{ height: `${length * ROW}px`, position: 'relative' }}>
        {places.map((place, i) => (
          <Row key={place} columns={shown} place={place} top={(from + i) * ROW} text={args.get(place) ?? ''} />
        ))}
      </div>
    </div>
  );
}

function Row(props: {
  readonly columns: TraceColumns;
  readonly place: number;
  readonly top: number;
  readonly text: string;
}) {
  const { columns: shown, place, top, text } = props;
  const number = shown.numbers[place] as number;
  const type = shown.types[place] as number;
  const isAlert = alertEvents.value.has(number);
  return (
    <div
      id={`event-${number}`}
      role="option"
      class={isAlert ? 'event-row alert' : 'event-row'}
      style={{ top: `${top}px` }}
      aria-selected={selected.value?.event === number}
      onClick={() => (selected.value = { event: number, rule: undefined })}
    >
      <span class="number soft">{number}</span>
      <span class="number time">{clockWords(shown.startedAt, shown.times[place] as number)}</span>
      <span class="process">{processLabel(shown, shown.owners[place] as number)}</span>
      <span class={`type kind-${shown.typeKinds[type]}`}>{shown.typeNames[type]}</span>
      <span class="args">{text}</span>
      {isAlert && <span class="spoken">, alert</span>}
    </div>
  );
}

function move(event: KeyboardEvent, { numbers }: TraceColumns, host: HTMLElement | null): void {
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }[event.key];
  if (step === undefined || host === null) return;
  event.preventDefault();
  const { length } = listed.peek();
  const chosen = selected.peek()?.event;
  let index = -1;
  for (let at = 0; at < length && index < 0; at++) if (numbers[listed.peek().at(at)] === chosen) index = at;
  index = Math.max(0, Math.min(length - 1, index + step));
  if (length === 0) return;
  selected.value = { event: numbers[listed.peek().at(index)] as number, rule: undefined };
  const y = index * ROW;
  if (y < host.scrollTop) host.scrollTop = y;
  else if (y + ROW > host.scrollTop + host.clientHeight) host.scrollTop = y + ROW - host.clientHeight;
}
