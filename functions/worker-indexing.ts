import type { Observe } from './metrics/observation.ts';
import { TraceIndexer, type IndexTask } from './traces/indexer.ts';
import type { ObjectStore } from './store/object-store.ts';

/** A message of a queue of segments that are to be read for the index of their trace; one that is not acknowledged comes again. */
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
