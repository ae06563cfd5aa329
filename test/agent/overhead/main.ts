/**
 * Measures what recording costs: nanoseconds of a processor for each call without a recorder, with one that is attached and was not
 * asked for this call, and with one that records it; then how many events a second reach the disk, and what that takes.
 *
 * Usage: node test/agent/overhead/main.ts [SECONDS]
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Recording } from '../../../agent/recording.ts';
import { targetOf } from '../../../agent/segments/target.ts';
import { total } from '../../../agent/stream/stats.ts';
import { ROWS_BY_NAME } from '../../../agent/table/table.ts';

const run = promisify(execFile);
const LOADER = fileURLToPath(new URL('../../../dist/agent/creance-recorder', import.meta.url));
const KINDS = [
  ['getppid', 1, ['getppid']],
  ['open and close', 2, ['open', 'openat', 'close']],
  ['unlink of nothing', 1, ['unlink']],
  ['dup and close', 2, ['dup', 'close']],
] as const;
const seconds = Number(process.argv[2] ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'creance-overhead-'));
const load = join(folder, 'load');

try {
  execFileSync('cc', ['-O2', '-o', load, fileURLToPath(new URL('load.c', import.meta.url))]);
  await measureCalls();
  await measureFlood(join(folder, 'flood.scap'));
  await measureFlood(join(folder, 'flood.scap.gz'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measureCalls(): Promise<void> {
  console.log('ns for each             off   attached   recorded   attached costs   a record costs');
  for (const [kind, records, names] of KINDS) {
    const off = await best(kind);
    const idle = await during([], () => best(kind));
    const recorded = await during(names, () => best(kind));
    const figures = [off, idle, recorded].map((value) => value.toFixed(0).padStart(9));
    const costs = [(idle - off) / records, (recorded - off) / records].map((value) => value.toFixed(0).padStart(16));
    console.log(`${kind.padEnd(18)}${figures.join('  ')}${costs.join('')}`);
  }
}

/** Two runs, since another program may be in the way of one. */
async function best(kind: string): Promise<number> {
  const one = Number((await run(load, [kind])).stdout);
  return Math.min(one, Number((await run(load, [kind])).stdout));
}

async function during<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
  const recording = recordingOf(names, join(folder, 'calls.scap'), 32);
  await recording.start();
  const result = await work();
  await recording.stop();
  return result;
}

async function measureFlood(output: string): Promise<void> {
  const recording = recordingOf(['open', 'openat', 'close'], output, 32);
  await recording.start();
  const before = process.cpuUsage();
  const { stdout } = await run(load, ['flood', String(seconds)]);
  const { stats } = await recording.stop();
  const { user, system } = process.cpuUsage(before);
  const dropped = stats === undefined ? 0 : total(stats.dropped);
  const rate = Number(stdout) / seconds;
  const megabytes = (statSync(output).size / 1e6).toFixed(0);
  const memory = (Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024).toFixed(0);
  const cost = (user + system) / Number(stdout);
  console.log(
    `${output.endsWith('.gz') ? 'gzipped' : 'plain'}: ${rate.toFixed(0)} events a second for ${seconds} s, ${dropped} lost, ${megabytes} MB, ${cost.toFixed(2)} us of the agent for each, ${memory} MB of memory at most`,
  );
}

function recordingOf(names: readonly string[], output: string, ringMegabytes: number): Recording {
  return new Recording({
    loader: {
      program: LOADER,
      selected: names.map((name) => ROWS_BY_NAME.get(name)?.number ?? 0),
      ringBytes: ringMegabytes * 1024 * 1024,
      snaplen: 80,
      scopes: [],
      user: 65_534,
    },
    target: targetOf(output),
    limits: { bytes: 64 * 1024 * 1024, seconds: 60 },
    syscalls: names,
  });
}
