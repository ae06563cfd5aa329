import { accessSync, constants } from 'node:fs';
import type { Plan } from '../../agent/plan/plan.ts';
import { record, type RecordSummary } from '../../agent/record.ts';
import type { RecordingOptions } from '../../agent/recording.ts';
import { scopeOf } from '../../agent/scope.ts';
import { salvage, targetOf } from '../../agent/segments/target.ts';
import { askedToStop } from '../signals.ts';
import { loaderOf } from './agent-loader.ts';
import { planFrom } from './agent-plan.ts';
import { EXIT, UnreadableError, UsageError, type Given, type Terminal } from './command.ts';
import { attempt } from './file-error.ts';

const MB = 1024 * 1024;
const NOBODY = 65_534;
const MAX_SCOPES = 8;

/** `creance agent record`. */
export async function recordCommand(given: Given, terminal: Terminal): Promise<number> {
  const output = given.flag('output');
  if (output === undefined) throw new UsageError('-o OUT is missing');
  const plan = planFrom(given, terminal);
  if (plan === undefined) return EXIT.NO;
  const options = optionsFrom(given, terminal, plan, output);
  const seconds = numberOf(given, 'for', 0, 0, 1e9);
  const stop = Promise.race([askedToStop(), ...(seconds > 0 ? [after(seconds)] : [])]);
  const summary = await started(options, {
    stop,
    onReady: () => terminal.note(`recording ${plan.syscalls.length} syscalls to ${output}\n`),
    onBreak: () => terminal.note('creance agent: the loader ended before its time and is started again\n'),
  });
  await terminal.write(given.has('json') ? `${JSON.stringify({ summary })}\n` : summaryText(summary));
  return summary.dropped + summary.gaps > 0 ? EXIT.NO : EXIT.YES;
}

/** A recording that can't begin is an input that can't be read. */
async function started(...of: Parameters<typeof record>): Promise<RecordSummary> {
  try {
    return await record(...of);
  } catch (error) {
    throw new UnreadableError(`${(error as Error).message}; creance agent doctor tells more`);
  }
}

function optionsFrom(given: Given, terminal: Terminal, plan: Plan, output: string): RecordingOptions {
  const program = loaderOf(given);
  attempt(program, () => accessSync(program, constants.X_OK));
  const ring = numberOf(given, 'ring', 8, 1, 1024);
  if ((ring & (ring - 1)) !== 0) throw new UsageError(`--ring is a power of two, not ${ring}`);
  const target = attempt(output, () => targetOf(output));
  if (target.isFolder) {
    for (const path of salvage(output)) terminal.note(`${path}: left by a recorder that was killed, and kept\n`);
  }
  return {
    loader: {
      program,
      selected: plan.syscalls.map(({ row }) => row.number),
      ringBytes: ring * MB,
      snaplen: numberOf(given, 'snaplen', 80, 0, 2000),
      scopes: scopesOf(given),
      user: numberOf(given, 'user', NOBODY, 0, 4_294_967_294),
    },
    target,
    limits: {
      bytes: numberOf(given, 'segment-size', 64, 1, 4096) * MB,
      seconds: numberOf(given, 'segment-seconds', 60, 1, 86_400),
    },
    syscalls: plan.syscalls.map(({ row }) => row.syscall),
    onSegment: (manifest) => {
      if (given.has('json')) void terminal.write(`${JSON.stringify(manifest)}\n`);
    },
    onMessage: (text) => terminal.note(text),
  };
}

function scopesOf(given: Given) {
  const paths = given.flags('cgroup');
  if (paths.length > MAX_SCOPES) throw new UsageError(`--cgroup: at most ${MAX_SCOPES}`);
  return paths.map((path) => {
    const scope = scopeOf(path);
    if (scope === undefined) throw new UsageError(`--cgroup: there is no control group ${path}`);
    return scope;
  });
}

function numberOf(given: Given, name: string, usual: number, least: number, most: number): number {
  const text = given.flag(name);
  if (text === undefined) return usual;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`--${name} is a whole number from ${least} to ${most}, not '${text}'`);
}

function after(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

function summaryText({ events, segments, seen, dropped, foreign, gaps, restarts, failure }: RecordSummary): string {
  const lines = [
    `${events} events in ${segments} ${segments === 1 ? 'capture' : 'segments'}`,
    dropped === 0
      ? `${seen} calls were seen and all are recorded`
      : `${seen} calls were seen, ${dropped} of them were lost`,
    foreign > 0 && `${foreign} calls of 32-bit programs are not recorded`,
    gaps > 0 && `${gaps} ${gaps === 1 ? 'gap' : 'gaps'}, told in the captures`,
    restarts > 0 && `the loader was started again ${restarts} times`,
    failure !== undefined && `given up: ${failure}`,
  ];
  return `${lines.filter((line) => line !== false).join('\n')}\n`;
}
