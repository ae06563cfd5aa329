import type { TraceColumns } from '../judge/protocol.ts';
import { densityOf } from './density.ts';
import type { Lanes } from './lanes.ts';

/** What is drawn, and where. Pixels are those of the canvas. */
export interface Drawing {
  readonly columns: TraceColumns;
  readonly lanes: Lanes;
  readonly alerts: ReadonlySet<number>;
  readonly selected: number | undefined;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Pixels of the canvas for one of the page. */
  readonly scale: number;
  /** Where an event is from the left edge, in pixels. */
  readonly pixelOf: (place: number) => number;
}

/** The page's colours, as they are now. */
export interface Ink {
  readonly kinds: readonly string[];
  readonly alert: string;
  readonly line: string;
  readonly accent: string;
}

/** Draws the rows with their events, then alerts, then the event that is looked at. */
export function drawTimeline(pen: CanvasRenderingContext2D, drawing: Drawing, ink: Ink): void {
  const { left, top, width, height, lanes, scale } = drawing;
  const rows = lanes.labels.length;
  const step = height / rows;
  pen.save();
  pen.beginPath();
  pen.rect(left, top - 4 * scale, width, height + 4 * scale);
  pen.clip();
  pen.fillStyle = ink.line;
  for (let row = 0; row < rows; row++) pen.fillRect(left, Math.round(top + (row + 0.5) * step), width, 1);
  drawEvents(pen, drawing, ink, step);
  drawAlerts(pen, drawing, ink, step);
  if (drawing.selected !== undefined) {
    pen.fillStyle = ink.accent;
    pen.fillRect(left + drawing.pixelOf(drawing.selected) - scale, top, 2 * scale, height);
  }
  pen.restore();
}

function drawEvents(pen: CanvasRenderingContext2D, drawing: Drawing, ink: Ink, step: number): void {
  const { columns, lanes, left, top, width, scale, pixelOf } = drawing;
  // Few events are drawn wider, so that they can be seen and hit.
  const mark = Math.max(1, Math.min(5, Math.floor(width / scale / Math.max(1, columns.numbers.length) / 2))) * scale;
  const cells = Math.max(1, Math.floor(width / mark));
  const { types, typeKinds } = columns;
  const { counts, kinds, most } = densityOf(
    cells,
    lanes.labels.length,
    lanes.ofEvent,
    (place) => typeKinds[types[place] as number] as number,
    (place) => pixelOf(place) / mark,
  );
  const full = Math.log1p(most);
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] as number;
    if (count === 0) continue;
    const row = Math.floor(cell / cells);
    const share = full === 0 ? 1 : Math.log1p(count) / full;
    const tall = Math.max(4 * scale, step * (0.3 + 0.45 * share));
    pen.globalAlpha = 0.45 + 0.55 * share;
    pen.fillStyle = ink.kinds[kinds[cell] as number] as string;
    pen.fillRect(
      left + (cell % cells) * mark - mark / 2,
      top + (row + 0.5) * step - tall / 2,
      Math.max(mark - (mark > 2 ? scale : 0), 1),
      tall,
    );
  }
  pen.globalAlpha = 1;
}

function drawAlerts(pen: CanvasRenderingContext2D, drawing: Drawing, ink: Ink, step: number): void {
  const { lanes, alerts, left, top, scale, pixelOf } = drawing;
  pen.fillStyle = ink.alert;
  for (const place of alerts) {
    const x = left + pixelOf(place);
    const middle = top + ((lanes.ofEvent[place] as number) + 0.5) * step;
    const size = 5 * scale;
    const tip = middle - Math.min(step * 0.42, 13 * scale);
    pen.beginPath();
    pen.moveTo(x - size, tip - size);
    pen.lineTo(x + size, tip - size);
    pen.lineTo(x, tip + size * 0.6);
    pen.fill();
    pen.fillRect(x - 0.5 * scale, tip, scale, middle - tip + 8 * scale);
  }
}
