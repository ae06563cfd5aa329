import type { RunState } from '../runs/run.ts';
import { EVENT_STREAM } from './answer-format.ts';
import type { Call } from './api.ts';
import { runsOf } from './routes/suites.ts';
import { shownRun } from './run-view.ts';

/** How often a stream of progress looks into the store, in milliseconds, and how long it goes on. */
const LOOK_EVERY_MS = 500;
const STREAM_MS = 10 * 60 * 1_000;

/** Tells of a run as server-sent events, until it has ended. */
export function progressOf(call: Call, state: RunState): Response {
  const events = progress(call, state);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await events.next();
      if (done === true) controller.close();
      else controller.enqueue(new TextEncoder().encode(value));
    },
    cancel: async () => void (await events.return()),
  });
  return new Response(body, { headers: { 'content-type': EVENT_STREAM, 'cache-control': 'no-store' } });
}

async function* progress(call: Call, first: RunState): AsyncGenerator<string, void> {
  const runs = runsOf(call);
  let last = '';
  let state = first;
  for (let spent = 0; spent < STREAM_MS; spent += LOOK_EVERY_MS) {
    const text = JSON.stringify(await shownRun(call, state));
    if (text !== last) yield `event: run\ndata: ${text}\n\n`;
    last = text;
    if (state.state !== 'running') return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    state = (await runs.state(state.plan.id)) ?? state;
  }
}
