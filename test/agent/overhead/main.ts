/**
 * Measures what recording costs, side by side in one run: nanoseconds of a processor for each call, without a recorder, with the least
 * that any tracer costs on this machine, with a recorder that was not asked for the call and with one that records it; microseconds of
 * the agent for each event, by what it does; and how many events a second reach the disk, from the command line as it is shipped.
 *
 * Usage: node test/agent/overhead/main.ts [SECONDS]
 */
import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Recording } from '../../../agent/recording.ts';
import { targetOf } from '../../../agent/segments/target.ts';
import { ROWS_BY_NAME } from '../../../agent/table/table.ts';
import { measureFlood } from './flood.ts';
import { measureSteps } from './steps.ts';

const run = promisify(execFile);
const LOADER = fileURLToPath(new URL('../../../dist/agent/creance-recorder', import.meta.url));
const KINDS = [
  ['getppid', 1, ['getppid']],
  ['open and close', 2, ['open', 'openat', 'close']],
  ['unlink of nothing', 1, ['unlink']],
  ['dup and close', 2, ['dup', 'close']],
] as const;
const COLUMNS = ['off', 'traced', 'empty', 'attached', 'recorded', 'not selected', 'recorder', 'a record', 'recorder'];
const seconds = Number(process.argv[2] ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'creance-overhead-'));
const [load, floor] = [join(folder, 'load'), join(folder, 'floor')];

try {
  for (const [program, flags] of [
    ['load', []],
    ['floor', ['-lbpf']],
  ] as const) {
    const source = fileURLToPath(new URL(`${program}.c`, import.meta.url));
    execFileSync('cc', ['-O2', '-o', join(folder, program), source, ...flags]);
  }
  console.log(`load of the machine at the start: ${loadavg()[0]?.toFixed(1)}\n`);
  await measureCalls();
  await measureSteps(LOADER, join(folder, 'stream'));
  for (const name of ['flood.scap', 'flood.scap.gz']) await measureFlood(load, join(folder, name), seconds);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measureCalls(): Promise<void> {
  console.log(
    'ns for each call; "traced": the kernel takes its slow way, no program; "empty": a program that returns at once;',
  );
  console.log(
    '"not selected" and "a record" are what they cost in all, "recorder" what of that is not the empty program\n',
  );
  console.log(`${' '.repeat(18)}${COLUMNS.map((name) => name.padStart(13)).join('')}`);
  for (const [kind, calls, names] of KINDS) {
    const off = await best(kind);
    const traced = await beside('traced', kind);
    const empty = await beside('empty', kind);
    const idle = await during([], kind);
    const recorded = await during(names, kind);
    const each = [idle - off, idle - empty, recorded - off, recorded - empty].map((value) => value / calls);
    const figures = [off, traced, empty, idle, recorded, ...each].map((value) => value.toFixed(0).padStart(13));
    console.log(`${kind.padEnd(18)}${figures.join('')}`);
  }
  console.log();
}

/** The best of several runs, since another program may be in the way of one. */
async function best(kind: string): Promise<number> {
  const runs: number[] = [];
  for (let i = 0; i < 3; i++) runs.push(Number((await run(load, [kind])).stdout));
  return Math.min(...runs);
}

/** With something attached that is no recorder; not a number where that can't be. */
async function beside(what: string, kind: string): Promise<number> {
  const attached = spawn(floor, [what], { stdio: ['ignore', 'pipe', 'inherit'] });
  const isReady = await ready(attached);
  const result = isReady ? await best(kind) : Number.NaN;
  attached.kill();
  return result;
}

function ready(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    child.stdout?.once('data', () => resolve(true));
    child.once('close', () => resolve(false));
  });
}

async function during(names: readonly string[], kind: string): Promise<number> {
  const recording = new Recording({
    loader: {
      program: LOADER,
      selected: names.map((name) => ROWS_BY_NAME.get(name)?.number ?? 0),
      ringBytes: 8 * 1024 * 1024,
      snaplen: 80,
      scopes: [],
      user: 65_534,
    },
    target: targetOf(join(folder, 'calls.scap')),
    limits: { bytes: 64 * 1024 * 1024, seconds: 60 },
    syscalls: names,
  });
  await recording.start();
  const result = await best(kind);
  await recording.stop();
  return result;
}
