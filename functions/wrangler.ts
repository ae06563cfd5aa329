import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EMBEDDED_BUCKET, EMBEDDED_S3_PATH, embeddedCredentials } from './store/embedded-s3.ts';

const INFRA = fileURLToPath(new URL('../infra', import.meta.url));
const WRANGLER = fileURLToPath(new URL('../node_modules/wrangler/bin/wrangler.js', import.meta.url));
const END_WITH_PARENT = new URL('./end-with-parent.ts', import.meta.url).href;
/** A first start on a slow machine takes some ten seconds. */
const START_MS = 120_000;
const POLL_MS = 100;
/** After this the whole process group is killed. */
const STOP_MS = 8_000;

/** A running `wrangler dev`. */
export interface Wrangler {
  readonly pid: number;
  /** True once the service answers; false when wrangler ended before, or took too long. */
  readonly answering: Promise<boolean>;
  /** Resolves when wrangler has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends it and everything that it started. */
  stop(): Promise<void>;
}

/** How to start it. */
export interface WranglerOptions {
  readonly port: number;
  /** Where it keeps its objects and its configuration. */
  readonly directory: string;
  /** `S3_*` of a store elsewhere; without them the service uses the S3 that wrangler brings. */
  readonly external: Readonly<Record<string, string>> | undefined;
}

/** Starts `wrangler dev` on the service. Its own S3 gets keys that nobody else knows. */
export function startWrangler({ port, directory, external }: WranglerOptions): Wrangler {
  const config = join(directory, 'wrangler.json');
  writeFileSync(config, JSON.stringify(localConfig(port, external), undefined, 2), { mode: 0o600 });
  const words = ['dev', '--config', config, '--ip', '127.0.0.1', '--port', String(port)];
  words.push('--persist-to', join(directory, 'store'), '--log-level', 'error', '--show-interactive-dev-session=false');
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, WRANGLER, ...words], {
    // A group of its own: Ctrl-C reaches this process alone, which then ends the group in order.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false', CI: '1' },
  });
  const pid = child.pid as number;
  let running = true;
  const ended = new Promise<void>((done) => child.once('exit', () => done((running = false) as never)));
  return {
    pid,
    ended,
    answering: answers(`http://127.0.0.1:${port}/v1/openapi.json`, () => running),
    async stop() {
      if (running) child.kill('SIGINT');
      const timer = setTimeout(() => killGroup(pid), STOP_MS);
      await ended;
      clearTimeout(timer);
      killGroup(pid);
    },
  };
}

/** `infra/wrangler.jsonc` with absolute paths, and with keys for the embedded S3 that are made for this run. */
function localConfig(port: number, external: WranglerOptions['external']): object {
  const text = readFileSync(join(INFRA, 'wrangler.jsonc'), 'utf8');
  const config = JSON.parse(withoutComments(text)) as Configuration;
  const { accessKeyId, secretAccessKey } = embeddedCredentials();
  const absolute = (path: string): string => resolve(INFRA, path);
  const embedded = {
    S3_ENDPOINT: `http://127.0.0.1:${port}${EMBEDDED_S3_PATH}`,
    S3_BUCKET: EMBEDDED_BUCKET,
    S3_ACCESS_KEY_ID: accessKeyId,
    S3_SECRET_ACCESS_KEY: secretAccessKey,
  };
  return {
    ...config,
    // The site is built already.
    build: undefined,
    main: absolute(config.main),
    assets: { ...config.assets, directory: absolute(config.assets.directory) },
    alias: Object.fromEntries(Object.entries(config.alias).map(([name, path]) => [name, absolute(path)])),
    r2_buckets: [
      {
        binding: 'TRACES',
        bucket_name: EMBEDDED_BUCKET,
        local_dev: { experimental_s3_credentials: { accessKeyId, secretAccessKey } },
      },
    ],
    vars: { CREANCE_ACCESS: config.vars['CREANCE_ACCESS'], ...(external ?? embedded) },
  };
}

/** JSON for JavaScript's parser: our own file has comments on lines of their own, and a comma after a last member. */
function withoutComments(text: string): string {
  return text.replace(/^\s*\/\/.*$/gm, '').replace(/,(?=\s*[}\]])/g, '');
}

interface Configuration {
  readonly main: string;
  readonly assets: { readonly directory: string };
  readonly alias: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
}

async function answers(url: string, isRunning: () => boolean): Promise<boolean> {
  for (const end = Date.now() + START_MS; isRunning() && Date.now() < end;) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok === true) return true;
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
  return false;
}

/** Ends what is left of the group: workerd, when wrangler was too slow to do it. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
