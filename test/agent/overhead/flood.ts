import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('../../../functions/cli/main.ts', import.meta.url));
/** Ticks of the kernel's clock of processor time in a second, on every Linux that runs here. */
const TICKS = 100;

/** What `creance agent record --json` says at its end. */
interface Said {
  readonly summary: { readonly events: number; readonly seen: number; readonly dropped: number };
}

/** Makes as many calls as one processor can while the command line records all that happens, redacts it and writes it to a file. */
export async function measureFlood(load: string, output: string, seconds: number): Promise<void> {
  const words = [PROGRAM, 'agent', 'record', '--all', '-o', output, '--json'];
  const agent = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  agent.stdout.on('data', (text: Buffer) => (said += text.toString()));
  await once(agent.stderr, 'data');
  const pid = agent.pid as number;
  const loader = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
  const before = [processorTime(pid), processorTime(loader)];
  const calls = Number((await run(load, ['flood', String(seconds)])).stdout);
  const after = [processorTime(pid), processorTime(loader)];
  const memory = [pid, loader].map((id) => `${peakMemory(id).toFixed(0)} MB`);
  agent.kill('SIGTERM');
  await once(agent, 'close');
  const last = said.trim().split('\n').at(-1) ?? '{}';
  const { summary } = JSON.parse(last) as Said;
  const [own, theirs] = after.map((value, i) => (((value - (before[i] as number)) * 1e6) / calls).toFixed(2));
  const megabytes = (statSync(output).size / 1e6).toFixed(0);
  console.log(
    `${basename(output)}: ${(calls / seconds).toFixed(0)} calls a second made for ${seconds} s; ${summary.seen} seen, ${summary.events} written, ${summary.dropped} lost; ${megabytes} MB`,
  );
  console.log(
    `  of processor time ${own} us of the agent and ${theirs} us of the loader for each; at most ${memory.join(' and ')}`,
  );
}

/** Seconds of a processor, in a program and in the kernel for it. */
function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** The most memory that a process had at a time, in MB. */
function peakMemory(pid: number): number {
  return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
