import { accessSync, constants } from 'node:fs';
import { planOf, planOfAll, type Plan } from '../../agent/plan/plan.ts';
import { record, type RecordSummary } from '../../agent/record.ts';
import { MemoryCap } from '../../agent/overload/memory-cap.ts';
import type { RecordingWatch } from '../../agent/recording-watch.ts';
import type { RecordingOptions } from '../../agent/recording-options.ts';
import { scopeOf } from '../../agent/scope.ts';
import { isFile, targetOf, type Target } from '../../agent/segments/target.ts';
import type { Spool } from '../../agent/spool/spool.ts';
import { askedToStop } from '../signals.ts';
import { loaderOf } from './agent-loader.ts';
import { besideFrom } from './agent-operation.ts';
import { rulesFrom } from './agent-plan.ts';
import { redactionFrom } from './agent-redaction.ts';
import { sendingFrom, spoolFrom, type Sending } from './agent-spool.ts';
import { EXIT, UnreadableError, UsageError, type Given, type Terminal } from './command.ts';
import { attempt } from './file-error.ts';
import { numberOf } from './number-flag.ts';

const MB = 1024 * 1024;
const NOBODY = 65_534;
const MAX_SCOPES = 8;
/** What Node and the agent's program take before the first event, in MB, with little room. */
const LEAST_MEMORY = 128;

/** `creance agent record`. */
export async function recordCommand(given: Given, terminal: Terminal): Promise<number> {
  const output = given.flag('output');
  if (output === undefined) throw new UsageError('-o OUT is missing');
  const rules = given.has('all') ? undefined : rulesFrom(given, terminal, 'rules');
  const freezeOn = given.flags('freeze-on').length === 0 ? undefined : rulesFrom(given, terminal, 'freeze-on');
  if (rules === undefined && !given.has('all')) return EXIT.NO;
  if (freezeOn === undefined && given.flags('freeze-on').length > 0) return EXIT.NO;
  const plan = rules === undefined ? planOfAll() : planOf([rules, ...(freezeOn === undefined ? [] : [freezeOn])]);
  const redaction = redactionFrom(given, terminal, plan);
  const spool = isFile(output) ? undefined : await spoolFrom(given, terminal, output, redaction);
  if (spool === undefined && given.flag('server') !== undefined) {
    throw new UsageError(`-o is a folder of segments where they are sent, not the file ${output}`);
  }
  const target = spool ?? targetOf(output, redaction);
  const memory = new MemoryCap(numberOf(given, 'memory', 192, LEAST_MEMORY, 65_536) * MB);
  const sending = spool === undefined ? undefined : sendingFrom(given, terminal, spool);
  const counts = sending?.sender.counts;
  const beside = await besideFrom(given, terminal, { plan, rules, freezeOn, output, target, spool, memory, counts });
  const options = { ...optionsFrom(given, terminal, plan, beside.flight ?? target, beside.watches), memory };
  const seconds = numberOf(given, 'for', 0, 0, 1e9);
  const stop = Promise.race([askedToStop(), ...(seconds > 0 ? [after(seconds)] : [])]);
  const summary = await started(options, {
    stop,
    onReady: () => terminal.note(`recording ${plan.syscalls.length} syscalls to ${output}\n`),
    onBreak: () => terminal.note('creance agent: the loader ended before its time and is started again\n'),
  });
  await beside.end();
  const sent = await ended(spool, sending);
  const overload = beside.stepsTaken();
  const json = `${JSON.stringify({ summary: { ...summary, overload }, ...sent })}\n`;
  await terminal.write(given.has('json') ? json : summaryText(summary, sent, overload));
  return summary.dropped + summary.gaps + (sent?.dropped ?? 0) + overload > 0 ? EXIT.NO : EXIT.YES;
}

/** What became of the segments. */
interface Spooled {
  /** Given up, since the disk that they may take was full. */
  readonly dropped: number;
  readonly sent: number;
  readonly waiting: number;
}

/** Sends what is left. */
async function ended(spool: Spool | undefined, sending: Sending | undefined): Promise<Spooled | undefined> {
  if (spool === undefined) return undefined;
  spool.end();
  await sending?.end();
  const waiting = sending === undefined ? 0 : spool.segments;
  const spooled = { dropped: spool.dropped.segments, sent: sending?.sender.counts.sent ?? 0, waiting };
  await spool.close();
  return spooled;
}

/** A recording that can't begin is an input that can't be read. */
async function started(...of: Parameters<typeof record>): Promise<RecordSummary> {
  try {
    return await record(...of);
  } catch (error) {
    throw new UnreadableError(`${(error as Error).message}; creance agent doctor tells more`);
  }
}

function optionsFrom(
  given: Given,
  terminal: Terminal,
  plan: Plan,
  target: Target,
  watches: readonly RecordingWatch[],
): RecordingOptions {
  const program = loaderOf(given);
  attempt(program, () => accessSync(program, constants.X_OK));
  const ring = numberOf(given, 'ring', 8, 1, 1024);
  if ((ring & (ring - 1)) !== 0) throw new UsageError(`--ring is a power of two, not ${ring}`);
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
      seconds: numberOf(given, 'segment-seconds', segmentSeconds(given), 1, 86_400),
    },
    syscalls: plan.syscalls.map(({ row }) => row.syscall),
    watches,
    onSegment: (manifest) => {
      if (given.has('json')) void terminal.write(`${JSON.stringify(manifest)}\n`);
    },
    onMessage: (text) => terminal.note(text),
  };
}

/** The ring of a flight recorder keeps whole segments, so they are short beside what it is to keep. */
function segmentSeconds(given: Given): number {
  const kept = numberOf(given, 'flight-recorder', 0, 0, 86_400);
  return kept === 0 ? 60 : Math.min(60, Math.max(1, Math.floor(kept / 4)));
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

function after(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

function summaryText(
  { events, segments, seen, dropped, foreign, gaps, restarts, failure }: RecordSummary,
  spooled: Spooled | undefined,
  overload: number,
): string {
  const lines = [
    `${events} events in ${counted(segments)}`,
    dropped === 0
      ? `${seen} calls were seen and all are recorded`
      : `${seen} calls were seen, ${dropped} of them were lost`,
    foreign > 0 && `${foreign} calls of 32-bit programs are not recorded`,
    gaps > 0 && `${gaps} ${gaps === 1 ? 'gap' : 'gaps'}, told in the captures`,
    overload > 0 && `more came than could be recorded: ${overload} times something was given up, told in the captures`,
    restarts > 0 && `the loader was started again ${restarts} times`,
    spooled !== undefined && spooled.sent > 0 && `${counted(spooled.sent)} sent`,
    spooled !== undefined &&
      spooled.waiting > 0 &&
      `${counted(spooled.waiting)} not sent yet, which the next start does`,
    spooled !== undefined && spooled.dropped > 0 && `${counted(spooled.dropped)} given up, since the spool was full`,
    failure !== undefined && `given up: ${failure}`,
  ];
  return `${lines.filter((line) => line !== false).join('\n')}\n`;
}

function counted(segments: number): string {
  return `${segments} ${segments === 1 ? 'segment' : 'segments'}`;
}
