import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { FIRST_RULES } from '../../../functions/greeting.ts';

/** How large the worker is that `wrangler deploy` would send, and what starting its code costs. */
export interface WorkerSize {
  readonly whole: number;
  readonly gzip: number;
  /** CPU that evaluating the code takes, on Node, in milliseconds; the least of some times. */
  readonly startMs: number;
  /** The same of the first request, which loads what it needs: rules are checked. */
  readonly firstMs: number;
}

const TIMES = 5;
const BODY = JSON.stringify({ rules: [FIRST_RULES] });
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Bundles the worker as wrangler does, without sending it anywhere. */
export function workerSize(): WorkerSize {
  const folder = mkdtempSync(join(tmpdir(), 'creance-worker-'));
  try {
    const words = ['deploy', '--dry-run', '--config', 'infra/wrangler.jsonc', '--env', 'production'];
    const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' };
    const done = spawnSync('npx', ['wrangler', ...words, '--outdir', folder], { cwd: ROOT, env, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`wrangler did not bundle the worker: ${done.stderr}${done.stdout}`);
    const name = readdirSync(folder).find((file) => file.endsWith('.js')) ?? '';
    const bundle = readFileSync(join(folder, name));
    const worker = join(folder, 'worker.mjs');
    writeFileSync(worker, bundle);
    return { whole: bundle.length, gzip: gzipSync(bundle, { level: 9 }).length, ...startOf(worker, folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function startOf(worker: string, folder: string): Pick<WorkerSize, 'startMs' | 'firstMs'> {
  const measuring = join(folder, 'measure.mjs');
  writeFileSync(
    measuring,
    `let before = process.cpuUsage();
const spent = () => {
  const { user, system } = process.cpuUsage(before);
  before = process.cpuUsage();
  return (user + system) / 1000;
};
const worker = (await import(${JSON.stringify(worker)})).default;
const start = spent();
const headers = { 'content-type': 'application/json' };
const request = new Request('http://127.0.0.1/v1/check', { method: 'POST', headers, body: ${JSON.stringify(BODY)} });
const answer = await worker.fetch(request, { CREANCE_ACCESS: 'local' });
if (answer.status !== 200) throw new Error(await answer.text());
await answer.text();
process.stdout.write(JSON.stringify([start, spent()]));
`,
  );
  const times = Array.from({ length: TIMES }, () => {
    const done = spawnSync(process.execPath, [measuring], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(done.stderr);
    return JSON.parse(done.stdout) as [number, number];
  });
  const least = (at: 0 | 1): number => Math.round(Math.min(...times.map((one) => one[at])));
  return { startMs: least(0), firstMs: least(1) };
}
