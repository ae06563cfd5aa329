import { remindedRarely } from './traces/reminders.ts';
import type { DispatchIndexing, IndexTask } from './traces/indexer.ts';

/** A queue of segments that are to be read for the index of their trace, as workerd binds it. */
export interface IndexQueue {
  sendBatch(messages: readonly { readonly body: IndexTask }[]): Promise<unknown>;
}

/** Messages that a queue takes at a time. */
const BATCH = 100;

let reminded: DispatchIndexing | undefined;

/** Hands segments to the queue; one that was handed over a moment ago is not handed over again by this isolate. */
export function indexingBy(queue: IndexQueue): DispatchIndexing {
  reminded ??= remindedRarely(
    async (tasks) => {
      for (let at = 0; at < tasks.length; at += BATCH) {
        await queue.sendBatch(tasks.slice(at, at + BATCH).map((body) => ({ body })));
      }
    },
    () => Date.now(),
  );
  return reminded;
}
