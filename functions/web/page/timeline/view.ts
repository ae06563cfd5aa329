import { computed, signal } from '@preact/signals';
import { columns, alertEvents } from '../playground/session.ts';
import { lanesOf, type LaneMode } from './lanes.ts';

/** What the rows are. */
export const laneMode = signal<LaneMode>('process');
/** Whether the axis counts time or events; undefined leaves it to the trace. */
export const chosenAxis = signal<'time' | 'order' | undefined>(undefined);
/** Stories happen within milliseconds and then wait: their order tells more than their time. */
export const axis = computed(() => chosenAxis.value ?? (columns.value?.isScenario === false ? 'time' : 'order'));
/** The stretch that is zoomed into, in units of the axis; undefined for all. */
export const zoom = signal<{ readonly from: number; readonly to: number } | undefined>(undefined);

/** Places of events with an alert. */
export const alertPlaces = computed(() => {
  const found = new Set<number>();
  const wanted = alertEvents.value;
  columns.value?.numbers.forEach((number, place) => {
    if (wanted.has(number)) found.add(place);
  });
  return found;
});

/** The rows of the timeline. */
export const lanes = computed(() =>
  columns.value === undefined ? undefined : lanesOf(columns.value, laneMode.value, alertPlaces.value),
);

/** The stretch of the axis that is shown. */
export const range = computed((): readonly [from: number, to: number] => {
  if (zoom.value !== undefined) return [zoom.value.from, zoom.value.to];
  const last = positionOf((columns.value?.numbers.length ?? 1) - 1);
  const margin = Math.max(last * 0.02, 0.5);
  return [-margin, last + margin];
});

/** Where an event is on the axis, by its place. */
export function positionOf(place: number): number {
  return axis.value === 'order' ? place : (columns.value?.times[place] ?? 0);
}

/** Zooms by a factor around the middle, or back to all. */
export function zoomBy(factor: number): void {
  const [from, to] = range.value;
  const half = ((to - from) / 2) * factor;
  const middle = (from + to) / 2;
  zoom.value = { from: middle - half, to: middle + half };
}
