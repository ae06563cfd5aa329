import { useEffect, useRef, useState } from 'preact/hooks';
import { KINDS } from '../judge/protocol.ts';
import { alertEvents, columns, selected, verdict } from '../playground/session.ts';
import { scheme } from '../shell/scheme.ts';
import type { Plot } from './plot.ts';
import { axis, chosenAxis, laneMode, lanes, range, zoom, zoomBy } from './view.ts';

/** Events over time, in rows by process or by type, with alerts marked. */
export function Timeline() {
  const host = useRef<HTMLDivElement>(null);
  const [plot, setPlot] = useState<Plot | undefined>(undefined);
  const shownAxis = axis.value;
  useEffect(() => {
    let made: Plot | undefined;
    let gone = false;
    let sizes: ResizeObserver | undefined;
    void import('./plot.ts').then(({ Plot }) => {
      if (gone || host.current === null) return;
      made = new Plot(host.current);
      sizes = new ResizeObserver(() => made?.update());
      sizes.observe(host.current);
      setPlot(made);
    });
    return () => {
      gone = true;
      sizes?.disconnect();
      made?.destroy();
    };
  }, [shownAxis]);
  const rows = lanes.value?.labels.length ?? 8;
  useEffect(
    () => plot?.update(),
    [plot, columns.value, verdict.value, selected.value, scheme.value, laneMode.value, range.value, rows],
  );
  return (
    <section class="timeline" aria-label="Timeline">
      <div class="timeline-tools">
        <Choice
          label="Rows"
          value={laneMode.value}
          options={['process', 'type']}
          onChoose={(value) => (laneMode.value = value)}
        />
        <Choice label="Axis" value={shownAxis} options={['order', 'time']} onChoose={setAxis} />
        <span class="legend" aria-hidden="true">
          {KINDS.map((kind) => (
            <span key={kind} class={`kind ${kind}`}>
              {kind}
            </span>
          ))}
          <span class="kind alert">alert</span>
        </span>
        <span class="grow" />
        <button type="button" class="button bare" onClick={() => zoomBy(2)} aria-label="Zoom out" title="Zoom out">
          −
        </button>
        <button
          type="button"
          class="button bare"
          onClick={() => zoomBy(0.5)}
          aria-label="Zoom in"
          title="Zoom in; or drag over the timeline"
        >
          +
        </button>
        <button
          type="button"
          class="button bare"
          disabled={zoom.value === undefined}
          onClick={() => (zoom.value = undefined)}
        >
          All
        </button>
      </div>
      <div
        class="timeline-plot"
        style={{ height: `${Math.max(rows, 4) * 22 + 38}px` }}
        ref={host}
        role="img"
        aria-label={spoken()}
      />
    </section>
  );
}

function Choice<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly Value[];
  readonly onChoose: (value: Value) => void;
}) {
  return (
    <label class="choice">
      <span class="soft">{props.label}</span>
      <select
        class="field"
        value={props.value}
        onChange={(event) => props.onChoose(event.currentTarget.value as Value)}
      >
        {props.options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </label>
  );
}

function setAxis(value: 'order' | 'time'): void {
  zoom.value = undefined;
  chosenAxis.value = value;
}

function spoken(): string {
  const shown = columns.value;
  if (shown === undefined) return 'Timeline';
  return `${shown.numbers.length} events in ${lanes.value?.labels.length ?? 0} rows, ${alertEvents.value.size} of them with an alert`;
}
