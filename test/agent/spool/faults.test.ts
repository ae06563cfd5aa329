import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedS3, type EmbeddedS3 } from '../../../functions/store/embedded-s3.ts';
import { segmentBytes } from './captures.ts';
import { FaultyProxy, type Fault } from './faulty-proxy.ts';

const MAIN = fileURLToPath(new URL('../../../functions/cli/main.ts', import.meta.url));
const SENDING = fileURLToPath(new URL('sending-process.ts', import.meta.url));
const SEGMENTS = 6;
const LARGE = 9 * 1024 * 1024;
/** At how many requests of the recorder who is killed. */
const DEATHS: ReadonlyMap<number, 'agent' | 'service'> = new Map([
  [4, 'agent'],
  [13, 'service'],
  [19, 'agent'],
]);

/** In turn; also what is asked again goes wrong, but not five times in a row. */
const TO_SERVICE: readonly Fault[] = [undefined, 'cut after', undefined, '500', undefined, 'cut before', undefined];
const TO_STORE: readonly Fault[] = ['expired', undefined, 'cut before', '500', undefined, 'cut after', 'expired'];

describe('sending segments while everything goes wrong', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-faults-'));
  const folder = join(directory, 'spool');
  /** What goes wrong is what the recorder asks for, by an address that was signed. */
  let signed = 0;
  const store = new FaultyProxy((_, { url: asked = '' }) =>
    asked.includes('X-Amz-Signature') ? TO_STORE[signed++ % TO_STORE.length] : undefined,
  );
  const onRequest: { call: (number: number) => void } = { call: () => {} };
  const service = new FaultyProxy((number) => {
    onRequest.call(number);
    return TO_SERVICE[number % TO_SERVICE.length];
  });
  let embedded: EmbeddedS3;
  let endpoint: URL;
  let url: URL;

  beforeAll(async () => {
    embedded = await startEmbeddedS3(join(directory, 's3'));
    const real = new URL(embedded.settings.endpoint ?? '');
    store.target = real;
    endpoint = new URL(real.pathname, await store.start());
    url = await service.start();
  });
  afterAll(async () => {
    await store.stop();
    await service.stop();
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  /** The service signs addresses of the proxy, and reaches the store through it too. */
  async function startService(): Promise<ChildProcess> {
    const { bucket, credentials } = embedded.settings;
    const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        S3_ENDPOINT: endpoint.href,
        S3_BUCKET: bucket,
        S3_ACCESS_KEY_ID: credentials?.accessKeyId,
        S3_SECRET_ACCESS_KEY: credentials?.secretAccessKey,
      },
    });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    service.target = new URL((JSON.parse(line) as { url: string }).url);
    return child;
  }

  const startAgent = (): ChildProcess =>
    spawn(process.execPath, [SENDING, folder, url.href, '', String(SEGMENTS)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });

  it('has every segment at the service once, and nothing in the spool', { timeout: 90_000 }, async () => {
    let serving = await startService();
    let agent = startAgent();
    const died: string[] = [];
    const over = new Promise<void>((resolve, reject) => {
      const watch = (child: ChildProcess): void =>
        void child.once('exit', (code, signal) => {
          if (signal === 'SIGKILL') watch((agent = startAgent()));
          else if (code === 0) resolve();
          else reject(new Error(`the agent ended with ${code}`));
        });
      watch(agent);
    });
    onRequest.call = (number) => {
      const who = DEATHS.get(number);
      if (who === undefined) return;
      died.push(who);
      if (who === 'agent') return void agent.kill('SIGKILL');
      service.target = undefined;
      serving.once('exit', () => void startService().then((child) => (serving = child)));
      serving.kill('SIGKILL');
    };
    await over;
    expect(died).toEqual([...DEATHS.values()]);
    expect(readdirSync(folder)).toEqual(['spool.jsonl']);

    onRequest.call = () => {};
    const { traces } = (await json(new URL('/v1/traces', service.target))) as { traces: { id: string }[] };
    expect(traces).toHaveLength(1);
    const recording = await json(new URL(`/v1/recordings/${traces[0]?.id}`, service.target));
    const kept = Array.from({ length: SEGMENTS }, (_, i) => {
      const bytes = segmentBytes(i + 1, i + 1 === 2 ? LARGE : 0);
      return { sequence: i + 1, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    });
    expect(recording).toMatchObject({ state: 'closed', segments: kept });
    serving.kill('SIGTERM');
    await once(serving, 'exit');
  });
});

async function json(url: URL): Promise<unknown> {
  return (await fetch(url)).json();
}
