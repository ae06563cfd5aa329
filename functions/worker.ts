import { MAX_DRAINED_BYTES } from '../engine/model/limits.ts';
import { accessOf } from './http/access/access.ts';
import { createApp } from './http/app.ts';
import { originsOf } from './http/cors.ts';
import type { RateLimit } from './http/rate-limit.ts';
import { contentTypeOf, type Site } from './http/site.ts';
import { Metrics } from './metrics/metrics.ts';
import type { ShardTask } from './runs/runs.ts';
import { ObjectStore } from './store/object-store.ts';
import { SettingsError, s3SettingsOf } from './store/s3-settings.ts';
import { quotaOf } from './tenant-quota-settings.ts';
import type { QueueMessage, Surroundings } from './worker-background.ts';
import { indexingBy, type IndexQueue } from './worker-index-queue.ts';

/** A queue of shards, as workerd binds it. */
interface Queue {
  sendBatch(messages: readonly { readonly body: ShardTask }[]): Promise<unknown>;
}

/** Messages that a queue hands over. */
interface Batch {
  readonly messages: readonly QueueMessage[];
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
    const { workOn } = await import('./worker-background.ts');
    for (const message of messages) await workOn(message, surroundingsOf(env));
  },
  /** On a timer: see `triggers` in `infra/wrangler.jsonc`. */
  async scheduled({ cron }: { readonly cron: string }, env: Environment): Promise<void> {
    const { tend } = await import('./worker-background.ts');
    await tend(cron === DAILY, surroundingsOf(env));
  },
};

/** The one of the crons at which what is old is swept away; at each of them what seems lost is taken up. */
const DAILY = '17 3 * * *';

function surroundingsOf(env: Environment): Surroundings {
  return {
    site: siteOf(env.SITE),
    openStore: () => storeOf(env),
    allowsPrivate: variablesOf(env)['CREANCE_WEBHOOKS'] === 'private',
    observe: METRICS.observe,
    dispatch: (tasks) => dispatch(env, tasks),
    indexing: indexingBy(env.INDEX),
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
