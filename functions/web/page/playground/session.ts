import { computed, effect, signal } from '@preact/signals';
import { Judge } from '../judge/judge.ts';
import type { Definition, TraceChoice, TraceColumns, Verdict } from '../judge/protocol.ts';
import { scenarioText } from './library.ts';
import { ruleFiles } from './rule-files.ts';

/** The engine in its worker. */
export const judge = new Judge();

/** The trace that is open; undefined until one was read. */
export const columns = signal<TraceColumns | undefined>(undefined);
/** The story that is open, as text; undefined for a recorded trace. */
export const story = signal<{ readonly name: string; readonly text: string } | undefined>(undefined);
/** What the rules say of the trace. */
export const verdict = signal<Verdict | undefined>(undefined);
/** Names that the rules define. */
export const definitions = signal<readonly Definition[]>([]);
/** What went wrong with opening a trace or with the engine, for people. */
export const trouble = signal<string | undefined>(undefined);
/** A trace is being opened. */
export const isOpening = signal(true);
/** Whether one rule tells of an event or all that match. */
export const matching = signal<'first' | 'all'>('first');
/** Milliseconds from the edit to its verdict, as a user waits for it. */
export const waited = signal<number | undefined>(undefined);

/** The event that is looked at, and the rule that is asked about. */
export const selected = signal<{ readonly event: number; readonly rule: string | undefined } | undefined>(undefined);

/** `evt.num` of events with an alert. */
export const alertEvents = computed(() => new Set(verdict.value?.alertEvents));

/** Opens a scenario by its name in the library. */
export async function openStory(name: string): Promise<void> {
  try {
    await openText(name, await scenarioText(name));
  } catch (error) {
    trouble.value = (error as Error).message;
  }
}

/** Opens a scenario that is given as text. */
export async function openText(name: string, text: string, wanted?: string): Promise<void> {
  story.value = { name, text };
  await openTrace({ kind: 'scenario', name, text, case: wanted });
}

/** Opens a trace and judges it. */
export async function openTrace(choice: TraceChoice): Promise<void> {
  if (choice.kind !== 'scenario') story.value = undefined;
  isOpening.value = true;
  try {
    const opened = await judge.ask('open', choice);
    if (opened === undefined) return;
    if (opened.name !== columns.peek()?.name) selected.value = undefined;
    trouble.value = undefined;
    columns.value = opened;
    await judgeNow();
  } catch (error) {
    trouble.value = (error as Error).message;
  } finally {
    isOpening.value = false;
  }
}

/** Judges the trace by the rules as they are now. */
async function judgeNow(): Promise<void> {
  const asked = performance.now();
  const rules = ruleFiles.peek().map(({ name, text }) => ({ name, text }));
  try {
    const told = await judge.ask('judge', { rules, matching: matching.peek() });
    if (told === undefined) return;
    verdict.value = told;
    waited.value = performance.now() - asked;
    // For whoever measures the page.
    performance.measure('verdict', { start: asked });
    definitions.value = (await judge.ask('define', undefined)) ?? definitions.peek();
  } catch (error) {
    trouble.value = (error as Error).message;
  }
}

/** Judges whenever the rules change. */
export function beginSession(): void {
  effect(() => {
    void ruleFiles.value;
    void matching.value;
    if (columns.peek() !== undefined) void judgeNow();
  });
}
