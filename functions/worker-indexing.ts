import type { Observe } from './metrics/observation.ts';
import { remindedRarely } from './traces/reminders.ts';
import { TraceIndexer, type DispatchIndexing, type IndexTask } from './traces/indexer.ts';
import type { ObjectStore } from './store/object-store.ts';

/** A queue of segments that are to be read for the index of their trace, as workerd binds it. */
export interface IndexQueue {
  sendBatch(messages: readonly { readonly body: IndexTask }[]): Promise<unknown>;
}

/** A message of such a queue; one that is not acknowledged comes again. */
export interface IndexMessage {
  readonly body: IndexTask;
  /** How often it was handed over, this time included. */
  readonly attempts: number;
  ack(): void;
  retry(): void;
}

/** Times that a segment is read; a worker that ends without a word, out of memory or time, would do so again. */
const MOST_TRIES = 2;
const SILENT = 'reading it took more memory or time than a worker has';

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

/** True for a message that is about the index of a trace. */
export function isIndexMessage(message: { readonly body: object }): message is IndexMessage {
  return 'segment' in message.body;
}

/** Reads the segment of a message. */
export async function readSegment(message: IndexMessage, objects: ObjectStore, observe?: Observe): Promise<void> {
  const began = Date.now();
  const seen = (result: 'read' | 'failed'): void =>
    observe?.({ what: 'segment', result, seconds: (Date.now() - began) / 1_000 });
  try {
    const indexer = new TraceIndexer(objects, message.body.tenant, () => Date.now());
    if (message.attempts > MOST_TRIES) await indexer.giveUp(message.body, SILENT);
    else await indexer.run(message.body);
    seen('read');
    message.ack();
  } catch (error) {
    // The store failed. That is no try of ours: who asks for the trace hands the segment over again.
    console.error(error);
    seen('failed');
    if (message.attempts < MOST_TRIES) message.retry();
    else message.ack();
  }
}
