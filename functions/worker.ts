import { MAX_DRAINED_BYTES, MAX_SHARD_TRIES } from '../engine/model/limits.ts';
import { backgroundAnswers } from './background-answers.ts';
import { fetchPost } from './fetch-post.ts';
import { accessOf } from './http/access/access.ts';
import { createApp } from './http/app.ts';
import { originsOf } from './http/cors.ts';
import type { RateLimit } from './http/rate-limit.ts';
import { contentTypeOf, type Site } from './http/site.ts';
import { Metrics } from './metrics/metrics.ts';
import { Runs, type ShardTask } from './runs/runs.ts';
import { ShardRunner, type RunMeans } from './runs/shard-runner.ts';
import { folders } from './store/folders.ts';
import { KEYS } from './store/keys.ts';
import { ObjectStore, StoreUnavailable } from './store/object-store.ts';
import { SettingsError, s3SettingsOf } from './store/s3-settings.ts';
import { sweep } from './store/sweep.ts';
import { quotaOf } from './tenant-quota-settings.ts';
import { tendTraces } from './traces/tend.ts';
import { indexingBy, isIndexMessage, readSegment, type IndexQueue } from './worker-indexing.ts';

/** A queue of shards, as workerd binds it. */
interface Queue {
  sendBatch(messages: readonly { readonly body: ShardTask }[]): Promise<unknown>;
}

/** Shards that a queue hands over; one that is not acknowledged comes again. */
interface Batch {
  readonly messages: readonly {
    readonly body: ShardTask;
    /** How often it was handed over, this time included. */
    readonly attempts: number;
    ack(): void;
    retry(): void;
  }[];
}

/** Messages that a queue takes at a time. */
const BATCH = 100;

/** What the worker is given: see `infra/wrangler.jsonc`. */
interface Environment {
  readonly SITE: { fetch(request: Request): Promise<Response> };
  /** Shards of runs on their way. */
  readonly RUNS: Queue;
  /** Segments of traces that are to be read for their index. */
  readonly INDEX: IndexQueue;
  /** How often a token may ask. */
  readonly RATE_LIMIT?: RateLimit;
  /** `CREANCE_ACCESS` and `S3_*`. */
  readonly [variable: string]: unknown;
}

/** What this isolate counts of itself, of requests and in the background. */
const METRICS = new Metrics();

let app: ReturnType<typeof createApp> | undefined;

/** The service in workerd. */
export default {
  async fetch(request: Request, env: Environment): Promise<Response> {
    app ??= appOf(env);
    const answer = await app.fetch(request);
    if (answer.status >= 400 && env['CREANCE_ACCESS'] === 'local') await drain(request.body);
    return answer;
  },
  /** Runs shards, and reads segments for the indexes of traces. */
  async queue({ messages }: Batch, env: Environment): Promise<void> {
    for (const message of messages) {
      if (isIndexMessage(message)) {
        await readSegment(message, storeOf(env), METRICS.observe);
        continue;
      }
      const { tenant, run, shard } = message.body;
      const runner = new ShardRunner(storeOf(env), tenant, meansOf(env));
      try {
        if (message.attempts > MAX_SHARD_TRIES) await runner.giveUp(message.body, MAX_SHARD_TRIES, SILENT);
        else await runner.run(run, shard);
        message.ack();
      } catch (error) {
        console.error(error);
        METRICS.observe({ what: 'shard failed', result: 'failed' });
        const isLast = message.attempts >= MAX_SHARD_TRIES && !(error instanceof StoreUnavailable);
        if (isLast) await runner.giveUp(message.body, message.attempts, (error as Error).message).catch(console.error);
        message.retry();
      }
    }
  },
  /** On a timer: see `triggers` in `infra/wrangler.jsonc`. */
  async scheduled({ cron }: { readonly cron: string }, env: Environment): Promise<void> {
    if (cron === DAILY) await sweep(storeOf(env), Date.now());
    await tendTraces(storeOf(env), indexingBy(env.INDEX), Date.now());
    for await (const tenant of folders(storeOf(env), KEYS.tenants)) {
      for await (const task of new Runs(storeOf(env), tenant).unfinished(Date.now())) await dispatch(env, [task]);
    }
  },
};

/** Why a shard is given up whose isolate ended each time before it could say anything. */
const SILENT = 'the worker ended without a word, out of memory or time';
/** The one of the crons at which what is old is swept away; at each of them what seems lost is taken up. */
const DAILY = '17 3 * * *';

function meansOf(env: Environment): RunMeans {
  const now = (): number => Date.now();
  return {
    answer: backgroundAnswers({ site: siteOf(env.SITE), openStore: () => storeOf(env), now }),
    sender: {
      post: fetchPost(variablesOf(env)['CREANCE_WEBHOOKS'] === 'private'),
      now,
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    },
    observe: METRICS.observe,
  };
}

async function dispatch(env: Environment, tasks: readonly ShardTask[]): Promise<void> {
  for (let at = 0; at < tasks.length; at += BATCH) {
    await env.RUNS.sendBatch(tasks.slice(at, at + BATCH).map((body) => ({ body })));
  }
}

/** Takes the rest of a body: `wrangler dev` loses answers that come while the body is still being sent. */
async function drain(body: ReadableStream<Uint8Array> | null): Promise<void> {
  if (body === null || body.locked) return;
  const reader = body.getReader();
  for (let taken = 0; taken < MAX_DRAINED_BYTES;) {
    const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }));
    if (done) break;
    taken += value?.length ?? 0;
  }
  reader.releaseLock();
}

function appOf(env: Environment): ReturnType<typeof createApp> {
  const now = (): number => Date.now();
  const access = variablesOf(env)['CREANCE_ACCESS'];
  return createApp({
    access: accessOf(access, now),
    origins: originsOf(variablesOf(env)['CREANCE_ORIGINS']),
    rateLimit: env.RATE_LIMIT,
    log: access === 'local' ? undefined : (line) => console.log(JSON.stringify(line)),
    site: siteOf(env.SITE),
    openStore: () => storeOf(env),
    dispatch: (tasks) => dispatch(env, tasks),
    allowsPrivateWebhooks: variablesOf(env)['CREANCE_WEBHOOKS'] === 'private',
    indexing: indexingBy(env.INDEX),
    quota: quotaOf(variablesOf(env)),
    metrics: METRICS,
    now,
  });
}

function storeOf(env: Environment): ObjectStore {
  const settings = s3SettingsOf(variablesOf(env));
  if (settings === undefined) throw new SettingsError('no store is set: S3_BUCKET and its companions are missing');
  return new ObjectStore(settings);
}

function variablesOf(env: Environment): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry) => typeof entry[1] === 'string')) as never;
}

function siteOf(assets: Environment['SITE']): Site {
  return {
    async file(path) {
      const answer = await assets.fetch(new Request(new URL(path, 'http://site')));
      if (answer.status === 200 && answer.body !== null) return { body: answer.body, contentType: contentTypeOf(path) };
      await answer.body?.cancel();
      return undefined;
    },
  };
}
