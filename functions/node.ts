import type { Server } from 'node:http';
import { serve as listen } from '@hono/node-server';
import { join, resolve } from 'node:path';
import { placeOf } from './place.ts';
import { accessOf } from './http/access/access.ts';
import { createApp } from './http/app.ts';
import { originsOf } from './http/cors.ts';
import { memoryRateLimit, REQUESTS_PER_PERIOD } from './http/rate-limit.ts';
import { Metrics } from './metrics/metrics.ts';
import { folderSite } from './node-site.ts';
import { startEmbeddedS3, type EmbeddedS3 } from './store/embedded-s3.ts';
import { ObjectStore } from './store/object-store.ts';
import { takeLock, type Lock } from './store/persistence-lock.ts';
import { nodeRunMeans } from './node-run-means.ts';
import { ThreadRunner } from './runs/thread-pool.ts';
import { threadsOf } from './threads.ts';
import { s3SettingsOf, SettingsError, storeName } from './store/s3-settings.ts';
import { sweep } from './store/sweep.ts';
import { quotaOf } from './tenant-quota-settings.ts';
import { InProcessIndexing } from './traces/in-process.ts';
import { tendTraces } from './traces/tend.ts';
import { buildSite, SITE_FOLDER } from './web/build-site.ts';

/** How long answers that are being given may still take when the service stops. */
const GRACE_MS = 2_000;
/** How often abandoned uploads are swept away and runs that were lost are taken up. */
const TEND_EVERY_MS = 60 * 60 * 1_000;
const LOOPBACK = '127.0.0.1';

/** How to serve on Node. */
export interface ServeOptions {
  /** 0 for any free one; else `CREANCE_PORT` or 8787. */
  readonly port?: number;
  /** Where the embedded store keeps its objects; else `CREANCE_DIRECTORY` or `.creance`. Not used with `S3_*`. */
  readonly directory?: string;
  /** `S3_*` as in `s3SettingsOf`, `CREANCE_ACCESS`, `CREANCE_HOST` and `CREANCE_SITE` (pages that were built before); usually `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A service that answers. */
export interface Service {
  /** `http://127.0.0.1:8787` */
  readonly url: string;
  /** What holds the traces, for people: an S3 endpoint or a folder. */
  readonly store: string;
  /** Stops listening, ends the embedded store, releases its directory. */
  stop(): Promise<void>;
}

/**
 * Serves on plain Node: the app that workerd runs. With `S3_*` set it keeps traces there; without, it starts the
 * embedded store on a directory that `npm start` uses too. Throws LockedError when that is in use, SettingsError when
 * `S3_*` are incomplete, and the system's EADDRINUSE when the port is.
 */
export async function serve(options: ServeOptions): Promise<Service> {
  const { env } = options;
  const place = placeOf(options, env);
  const { port } = place;
  const asksForTokens = env['CREANCE_ACCESS'] === 'tokens';
  const host = hostOf(env, asksForTokens);
  const directory = resolve(place.directory);
  const given = s3SettingsOf(env);
  const lock = given === undefined ? takeLock(directory, 'creance serve', `http://127.0.0.1:${port}`) : undefined;
  let embedded: EmbeddedS3 | undefined;
  try {
    const site = env['CREANCE_SITE'] || SITE_FOLDER;
    if (site === SITE_FOLDER) await buildSite();
    if (given === undefined) embedded = await startEmbeddedS3(join(directory, 'store'));
    const settings = given ?? (embedded as EmbeddedS3).settings;
    const objects = new ObjectStore(settings);
    const now = (): number => Date.now();
    const allowsPrivate = env['CREANCE_WEBHOOKS'] === 'private';
    const metrics = new Metrics();
    const means = nodeRunMeans(objects, { site, allowsPrivate, observe: metrics.observe });
    const runner = new ThreadRunner(objects, { settings, site, allowsPrivate, ...threadsOf(env) }, means);
    const indexing = new InProcessIndexing(objects, now, metrics.observe);
    const app = createApp({
      access: accessOf(asksForTokens ? 'tokens' : 'local', now),
      origins: originsOf(env['CREANCE_ORIGINS']),
      site: folderSite(site),
      openStore: () => objects,
      now,
      metrics,
      waiting: () => ({ shards: runner.waiting, segments: indexing.waiting }),
      dispatch: runner.dispatch,
      indexing: indexing.dispatch,
      quota: quotaOf(env),
      allowsPrivateWebhooks: allowsPrivate,
      ...(asksForTokens && {
        rateLimit: memoryRateLimit(REQUESTS_PER_PERIOD, now),
        log: (line) => console.log(JSON.stringify(line)),
      }),
    });
    const tend = async (): Promise<void> => {
      await sweep(objects, now());
      await runner.resume();
      await tendTraces(objects, indexing.dispatch, now());
    };
    const sweeping = setInterval(() => void tend().catch((error) => console.error(error)), TEND_EVERY_MS);
    sweeping.unref();
    const server = await listening(app.fetch, port, host);
    // Not waited for: a long history must not keep the service from answering.
    const resumed = runner
      .resume()
      .then(() => tendTraces(objects, indexing.dispatch, now()))
      .catch((error: unknown) => console.error(error));
    return {
      url: `http://${host}:${(server.address() as { port: number }).port}`,
      store: given === undefined ? directory : storeName(given),
      async stop() {
        clearInterval(sweeping);
        await closed(server);
        await runner.stop();
        await indexing.stop();
        await resumed;
        await release(embedded, lock);
      },
    };
  } catch (error) {
    await release(embedded, lock);
    throw error;
  }
}

/** Where to listen: without tokens on this machine only. */
function hostOf(env: ServeOptions['env'], asksForTokens: boolean): string {
  const access = env['CREANCE_ACCESS'] ?? '';
  if (!['', 'local', 'tokens'].includes(access)) {
    throw new SettingsError(`CREANCE_ACCESS is local or tokens, not '${access}'`);
  }
  const host = env['CREANCE_HOST'] ?? '';
  if (host === '') return LOOPBACK;
  if (asksForTokens || host === LOOPBACK) return host;
  throw new SettingsError(`CREANCE_HOST=${host} would open the service to others: set CREANCE_ACCESS=tokens too`);
}

function listening(
  fetch: (request: Request) => Response | Promise<Response>,
  port: number,
  hostname: string,
): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = listen({ fetch, port, hostname, overrideGlobalObjects: false }, () => resolve(server)) as Server;
    server.on('error', reject);
  });
}

async function closed(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearTimeout(timer);
}

async function release(embedded: EmbeddedS3 | undefined, lock: Lock | undefined): Promise<void> {
  await embedded?.stop();
  lock?.release();
}
