import { computed, effect, signal } from '@preact/signals';
import { axis, positionOf, zoom } from '../timeline/view.ts';
import { columns, judge } from './session.ts';

/** What events must satisfy to be listed, in the filter language; empty for all. */
export const condition = signal('');
/** What is wrong with it. */
export const conditionProblem = signal<string | undefined>(undefined);
/** Places of the events that match; undefined for all. */
const matching = signal<Uint32Array | undefined>(undefined);

/** Places of the events that are listed: those that match, within the stretch that is zoomed into. */
export const listed = computed((): { readonly length: number; at(index: number): number } => {
  const count = columns.value?.numbers.length ?? 0;
  const found = matching.value;
  const stretch = zoom.value;
  void axis.value;
  if (found === undefined && stretch === undefined) return { length: count, at: (index) => index };
  const places: number[] = [];
  const length = found?.length ?? count;
  for (let index = 0; index < length; index++) {
    const place = found === undefined ? index : (found[index] as number);
    const position = positionOf(place);
    if (stretch === undefined || (position >= stretch.from && position <= stretch.to)) places.push(place);
  }
  return { length: places.length, at: (index) => places[index] as number };
});

/** Filters whenever the condition or the trace changes. */
export function beginFiltering(): void {
  effect(() => {
    void columns.value;
    void filter(condition.value.trim());
  });
}

async function filter(text: string): Promise<void> {
  if (text === '' || columns.peek() === undefined) {
    matching.value = undefined;
    conditionProblem.value = undefined;
    return;
  }
  try {
    const told = await judge.ask('filter', { condition: text });
    if (told === undefined) return;
    const error = told.findings.find(({ severity }) => severity === 'error');
    conditionProblem.value = error && [error.message, error.hint].filter((words) => words !== undefined).join(': ');
    if (told.places !== undefined) matching.value = told.places;
  } catch (error) {
    conditionProblem.value = (error as Error).message;
  }
}
