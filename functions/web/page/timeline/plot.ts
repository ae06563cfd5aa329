import uPlot from 'uplot';
import { columns, selected } from '../playground/session.ts';
import { drawTimeline, type Ink } from './draw.ts';
import { nearestEvent } from './nearest-event.ts';
import { timeWords } from './time-words.ts';
import { alertPlaces, axis, lanes, positionOf, range, zoom } from './view.ts';

const KIND_COLOURS = ['--program', '--file', '--network', '--other'];
/** Pixels from an event within which a click means it. */
const REACH = 14;
const ROW_HEIGHT = 22;
const AXIS_HEIGHT = 28;

/** The timeline: axes, zoom and cursor are uPlot's, rows and events are drawn into it. */
export class Plot {
  readonly #place: HTMLElement;
  readonly #plot: uPlot;

  constructor(place: HTMLElement) {
    this.#place = place;
    this.#plot = new uPlot(
      this.#options(),
      [
        [0, 1],
        [0, 0],
      ],
      place,
    );
    this.#plot.over.addEventListener('click', (event) => this.#click(event));
  }

  /** Draws again, with what is there now. */
  update(): void {
    const { width, height } = this.#size();
    if (width !== this.#plot.width || height !== this.#plot.height) this.#plot.setSize({ width, height });
    const [min, max] = range.value;
    this.#plot.batch(() => this.#plot.setScale('x', { min, max }));
    this.#plot.redraw(false, true);
  }

  /** Takes it from the page. */
  destroy(): void {
    this.#plot.destroy();
  }

  #size(): { width: number; height: number } {
    return { width: this.#place.clientWidth, height: plotHeight(lanes.peek()?.labels.length ?? 4) };
  }

  #options(): uPlot.Options {
    const soft = () => colour(this.#place, '--soft');
    const font = `11.5px ${colour(this.#place, '--sans')}`;
    return {
      ...this.#size(),
      legend: { show: false },
      padding: [10, 8, 0, 0],
      scales: {
        x: { time: false, range: () => [...range.peek()] },
        y: { range: () => [0, lanes.peek()?.labels.length ?? 1], dir: -1 },
      },
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
      axes: [
        {
          stroke: soft,
          font,
          size: AXIS_HEIGHT,
          space: 80,
          grid: { show: false },
          ticks: { show: false },
          incrs:
            axis.peek() === 'order'
              ? [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5]
              : (undefined as never),
          values: (_, splits) => splits.map((split) => axisWords(split, (splits[1] ?? 1) - (splits[0] ?? 0))),
        },
        {
          stroke: () => colour(this.#place, '--ink'),
          font,
          size: this.#place.clientWidth < 520 ? 92 : 138,
          grid: { show: false },
          ticks: { show: false },
          splits: () => (lanes.peek()?.labels ?? []).map((_, row) => row + 0.5),
          values: () =>
            (lanes.peek()?.labels ?? []).map((label) => cut(label, this.#place.clientWidth < 520 ? 12 : 19)),
        },
      ],
      series: [{}, { paths: () => null, points: { show: false } }],
      hooks: { draw: [(plot) => this.#draw(plot)], setSelect: [(plot) => this.#zoom(plot)] },
    };
  }

  #draw(plot: uPlot): void {
    const shown = columns.peek();
    const rows = lanes.peek();
    if (shown === undefined || rows === undefined || rows.labels.length === 0) return;
    const { left, top, width, height } = plot.bbox;
    const [from, to] = [plot.scales['x']?.min ?? 0, plot.scales['x']?.max ?? 1];
    const perUnit = width / (to - from);
    const place = selected.peek() === undefined ? -1 : shown.numbers.indexOf(selected.peek()?.event as number);
    drawTimeline(
      plot.ctx,
      {
        columns: shown,
        lanes: rows,
        alerts: alertPlaces.peek(),
        selected: place < 0 ? undefined : place,
        left,
        top,
        width,
        height,
        scale: devicePixelRatio,
        pixelOf: (at) => (positionOf(at) - from) * perUnit,
      },
      inkOf(this.#place),
    );
  }

  #zoom(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < 4) return;
    zoom.value = { from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') };
    plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
  }

  #click({ offsetX, offsetY }: MouseEvent): void {
    const shown = columns.peek();
    const rows = lanes.peek();
    if (shown === undefined || rows === undefined) return;
    const row = Math.floor((offsetY / this.#plot.over.clientHeight) * rows.labels.length);
    const found = nearestEvent(rows.ofEvent, row, (at) => this.#plot.valToPos(positionOf(at), 'x') - offsetX, REACH);
    if (found !== undefined) selected.value = { event: shown.numbers[found] as number, rule: undefined };
  }
}

/** Pixels that a timeline of so many rows takes. */
export function plotHeight(rows: number): number {
  return Math.max(rows, 4) * ROW_HEIGHT + AXIS_HEIGHT + 10;
}

function axisWords(split: number, step: number): string {
  if (axis.peek() === 'time') return timeWords(split, step);
  const number = columns.peek()?.numbers[Math.round(split)];
  return number === undefined || !Number.isInteger(split) ? '' : `#${number}`;
}

function inkOf(element: HTMLElement): Ink {
  return {
    kinds: KIND_COLOURS.map((name) => colour(element, name)),
    alert: colour(element, '--alert'),
    line: colour(element, '--line'),
    accent: colour(element, '--accent'),
  };
}

/** A colour as a canvas understands it: `light-dark()` is resolved by a property that takes colours. */
function colour(element: HTMLElement, name: string): string {
  if (!/^--(mono|sans)$/.test(name)) {
    const probe = PROBES.get(name) ?? probeOf(element, name);
    return getComputedStyle(probe).color;
  }
  return getComputedStyle(element).getPropertyValue(name).trim();
}

const PROBES = new Map<string, HTMLElement>();

function probeOf(element: HTMLElement, name: string): HTMLElement {
  const probe = document.createElement('span');
  probe.hidden = true;
  probe.style.color = `var(${name})`;
  element.ownerDocument.body.append(probe);
  PROBES.set(name, probe);
  return probe;
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
