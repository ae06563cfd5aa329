import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { S3Settings } from './s3-settings.ts';

/** The one bucket of the embedded store. `infra/wrangler.jsonc` names it too, which is why both see the same objects. */
export const EMBEDDED_BUCKET = 'creance';
/** Where Miniflare answers as S3. */
export const EMBEDDED_S3_PATH = '/cdn-cgi/local/r2/s3';
const COMPATIBILITY_DATE = '2026-08-15';

/** A running S3 on this machine, for this process alone. */
export interface EmbeddedS3 {
  readonly settings: S3Settings;
  stop(): Promise<void>;
}

/** Keys that nobody else knows: a page in a browser could otherwise sign requests to the embedded store. */
export function embeddedCredentials(): { accessKeyId: string; secretAccessKey: string } {
  return { accessKeyId: randomBytes(10).toString('hex'), secretAccessKey: randomBytes(20).toString('hex') };
}

/**
 * Starts Miniflare's local R2 with its S3 endpoint on a port of its own choice. The only file that knows Miniflare:
 * its options are still in motion, and a wrong name is ignored in silence (persistence was lost so before).
 *
 * @param directory what `wrangler dev` is given as `--persist-to`; both then see the same objects
 */
export async function startEmbeddedS3(directory: string): Promise<EmbeddedS3> {
  const { Miniflare, convertV4MiniflareOptions, Log, LogLevel } = await import('miniflare');
  const credentials = embeddedCredentials();
  const options = convertV4MiniflareOptions({
    host: '127.0.0.1',
    port: 0,
    modules: true,
    script: 'export default { fetch: () => new Response(null, { status: 404 }) }',
    compatibilityDate: COMPATIBILITY_DATE,
    log: new Log(LogLevel.ERROR),
    r2Buckets: { TRACES: { id: EMBEDDED_BUCKET, s3Credentials: credentials } },
  });
  const miniflare = keepingSignals(() => new Miniflare({ ...options, resourcePersistencePath: join(directory, 'v3') }));
  const origin = await miniflare.ready;
  return {
    settings: {
      endpoint: new URL(EMBEDDED_S3_PATH, origin).href,
      region: 'auto',
      bucket: EMBEDDED_BUCKET,
      credentials,
      pathStyle: true,
    },
    stop: () => miniflare.dispose(),
  };
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Takes back the signal handlers that Miniflare adds: they end the process before anyone else can finish. */
function keepingSignals<T>(start: () => T): T {
  const before = new Map(SIGNALS.map((signal) => [signal, process.listeners(signal)]));
  const started = start();
  for (const [signal, kept] of before) {
    for (const listener of process.listeners(signal)) {
      if (!kept.includes(listener)) process.removeListener(signal, listener);
    }
  }
  return started;
}
