import { MAX_SHARD_TRIES } from '../engine/model/limits.ts';
import { backgroundAnswers } from './background-answers.ts';
import { fetchPost } from './fetch-post.ts';
import type { Site } from './http/site.ts';
import type { Observe } from './metrics/observation.ts';
import { Runs, type Dispatch, type ShardTask } from './runs/runs.ts';
import { ShardRunner, type RunMeans } from './runs/shard-runner.ts';
import { folders } from './store/folders.ts';
import { KEYS } from './store/keys.ts';
import { StoreUnavailable, type ObjectStore } from './store/object-store.ts';
import { sweep } from './store/sweep.ts';
import type { DispatchIndexing } from './traces/indexer.ts';
import { tendTraces } from './traces/tend.ts';
import { isIndexMessage, readSegment, type IndexMessage } from './worker-indexing.ts';

/** A shard that a queue hands over; one that is not acknowledged comes again. */
interface ShardMessage {
  readonly body: ShardTask;
  /** How often it was handed over, this time included. */
  readonly attempts: number;
  ack(): void;
  retry(): void;
}

/** What a queue hands over. */
export type QueueMessage = ShardMessage | IndexMessage;

/** What work in the background is done with. */
export interface Surroundings {
  readonly site: Site;
  /** Opens the store for one piece of work: connections of one are of no use to another in workerd. */
  readonly openStore: () => ObjectStore;
  /** Whether webhooks may be in a private network. */
  readonly allowsPrivate: boolean;
  readonly observe: Observe;
  readonly dispatch: Dispatch;
  readonly indexing: DispatchIndexing;
}

/** Why a shard is given up whose isolate ended each time before it could say anything. */
const SILENT = 'the worker ended without a word, out of memory or time';

/** Does what a message of a queue asks for: runs a shard, or reads a segment for the index of its trace. */
export async function workOn(message: QueueMessage, about: Surroundings): Promise<void> {
  if (isIndexMessage(message)) return readSegment(message, about.openStore(), about.observe);
  const { tenant, run, shard } = message.body;
  const runner = new ShardRunner(about.openStore(), tenant, meansOf(about));
  try {
    if (message.attempts > MAX_SHARD_TRIES) await runner.giveUp(message.body, MAX_SHARD_TRIES, SILENT);
    else await runner.run(run, shard);
    message.ack();
  } catch (error) {
    console.error(error);
    about.observe({ what: 'shard failed', result: 'failed' });
    const isLast = message.attempts >= MAX_SHARD_TRIES && !(error instanceof StoreUnavailable);
    if (isLast) await runner.giveUp(message.body, message.attempts, (error as Error).message).catch(console.error);
    message.retry();
  }
}

/**
 * Takes up what seems lost of all tenants.
 *
 * @param sweeps whether what is old is swept away too
 */
export async function tend(sweeps: boolean, { openStore, dispatch, indexing }: Surroundings): Promise<void> {
  if (sweeps) await sweep(openStore(), Date.now());
  await tendTraces(openStore(), indexing, Date.now());
  for await (const tenant of folders(openStore(), KEYS.tenants)) {
    for await (const task of new Runs(openStore(), tenant).unfinished(Date.now())) await dispatch([task]);
  }
}

function meansOf({ site, openStore, allowsPrivate, observe }: Surroundings): RunMeans {
  const now = (): number => Date.now();
  return {
    answer: backgroundAnswers({ site, openStore, now }),
    sender: {
      post: fetchPost(allowsPrivate),
      now,
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    },
    observe,
  };
}
