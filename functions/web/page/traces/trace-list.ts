import { signal } from '@preact/signals';
import { ask, askJson } from '../service/ask.ts';
import type { Trace, TracePage } from '../../../client/service-api.ts';

/** The traces that the service keeps, as far as they were asked for; undefined before. */
export const traces = signal<readonly Trace[] | undefined>(undefined);
/** Where the next page begins. */
export const next = signal<string | undefined>(undefined);
/** What went wrong, for people. */
export const listTrouble = signal<string | undefined>(undefined);

/** Asks for the first page, or for the one behind those that are there. */
export async function loadTraces(after?: string): Promise<void> {
  try {
    const page = await askJson<TracePage>(
      `/v1/traces?limit=50${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`,
    );
    traces.value = after === undefined ? page.traces : [...(traces.value ?? []), ...page.traces];
    next.value = page.next;
    listTrouble.value = undefined;
  } catch (error) {
    traces.value ??= [];
    listTrouble.value = (error as Error).message;
  }
}

/** Sets labels, or takes those away whose value is null. */
export async function labelTrace(id: string, labels: Readonly<Record<string, string | null>>): Promise<void> {
  await attempt(async () => {
    const changed = await askJson<Trace>(`/v1/traces/${id}`, { method: 'PATCH', json: { labels } });
    traces.value = traces.value?.map((trace) => (trace.id === id ? changed : trace));
  });
}

/** Deletes a trace. */
export async function deleteTrace(id: string): Promise<void> {
  await attempt(async () => {
    await ask(`/v1/traces/${id}`, { method: 'DELETE' });
    traces.value = traces.value?.filter((trace) => trace.id !== id);
  });
}

async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
    listTrouble.value = undefined;
  } catch (error) {
    listTrouble.value = (error as Error).message;
  }
}
