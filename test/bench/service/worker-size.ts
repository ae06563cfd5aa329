import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** How large the worker is that `wrangler deploy` would send, and what starting its code costs. */
export interface WorkerSize {
  readonly whole: number;
  readonly gzip: number;
  /** CPU that evaluating the code takes, on Node, in milliseconds; the least of some times. */
  readonly startMs: number;
}

const TIMES = 5;
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Bundles the worker as wrangler does, without sending it anywhere. */
export function workerSize(): WorkerSize {
  const folder = mkdtempSync(join(tmpdir(), 'creance-worker-'));
  try {
    const words = ['deploy', '--dry-run', '--minify', '--config', 'infra/wrangler.jsonc', '--env', 'production'];
    const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' };
    const done = spawnSync('npx', ['wrangler', ...words, '--outdir', folder], { cwd: ROOT, env, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`wrangler did not bundle the worker: ${done.stderr}${done.stdout}`);
    const name = readdirSync(folder).find((file) => file.endsWith('.js')) ?? '';
    const bundle = readFileSync(join(folder, name));
    const worker = join(folder, 'worker.mjs');
    writeFileSync(worker, bundle);
    return { whole: bundle.length, gzip: gzipSync(bundle, { level: 9 }).length, startMs: startOf(worker, folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function startOf(worker: string, folder: string): number {
  const measuring = join(folder, 'measure.mjs');
  writeFileSync(
    measuring,
    `const before = process.cpuUsage();
await import(${JSON.stringify(worker)});
const { user, system } = process.cpuUsage(before);
process.stdout.write(String((user + system) / 1000));
`,
  );
  const times = Array.from({ length: TIMES }, () => {
    const done = spawnSync(process.execPath, [measuring], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(done.stderr);
    return Number(done.stdout);
  });
  return Math.round(Math.min(...times));
}
