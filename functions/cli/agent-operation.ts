import type { Server } from 'node:http';
import { join } from 'node:path';
import { FlightRecorder } from '../../agent/flight/flight-recorder.ts';
import { FreezingRules } from '../../agent/flight/freezing-rules.ts';
import { counter, gauge, Operation, type Metric } from '../../agent/operation/operation.ts';
import { serveOperation } from '../../agent/operation/server.ts';
import { Overload } from '../../agent/overload/overload.ts';
import { planOf, type Plan } from '../../agent/plan/plan.ts';
import { PROCESS_STATE } from '../../agent/plan/state-syscalls.ts';
import type { MemoryCap } from '../../agent/overload/memory-cap.ts';
import type { RecordingWatch } from '../../agent/recording-watch.ts';
import type { Target } from '../../agent/segments/target.ts';
import type { SendCounts } from '../../agent/spool/sender.ts';
import type { Spool } from '../../agent/spool/spool.ts';
import { TABLE } from '../../agent/table/table.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { UsageError, type Given, type Terminal } from './command.ts';
import { numberOf } from './number-flag.ts';

/** What goes on beside a recording. */
export interface Beside {
  readonly watches: readonly RecordingWatch[];
  readonly flight: FlightRecorder | undefined;
  /** How often something was given up under load. */
  stepsTaken(): number;
  /** Stops answering, and freezes what is to be frozen yet. */
  end(): Promise<void>;
}

/** What the recording is about. */
export interface Recorded {
  readonly plan: Plan;
  /** The rules that it is planned by; undefined with --all. */
  readonly rules: RuleSet | undefined;
  /** Rules that freeze. */
  readonly freezeOn: RuleSet | undefined;
  readonly output: string;
  readonly target: Target;
  readonly spool: Spool | undefined;
  readonly memory: MemoryCap;
  /** What was sent; undefined where nothing is. */
  readonly counts: SendCounts | undefined;
}

const HIGH = new Set(['emergency', 'alert', 'critical', 'error']);

/** Starts what the flags ask for: metrics and health, the flight recorder, and always the steps of overload. */
export async function besideFrom(given: Given, terminal: Terminal, recorded: Recorded): Promise<Beside> {
  const overload = overloadFrom(given, recorded);
  const flight = flightFrom(given, terminal, recorded);
  const watches: RecordingWatch[] = [overload];
  if (flight !== undefined) watches.push(flight);
  if (recorded.freezeOn !== undefined) {
    if (flight === undefined) throw new UsageError('--freeze-on needs --flight-recorder');
    watches.push(new FreezingRules(recorded.freezeOn, (rule, output) => flight.trigger('rule', `${rule}: ${output}`)));
  }
  const operation = new Operation({
    nameOf,
    now: () => performance.now(),
    more: () => moreMetrics(overload, flight, recorded),
  });
  watches.push(operation);
  const where = given.flag('listen');
  const freeze = flight === undefined ? undefined : (reason: string) => flight.trigger('request', reason);
  const server = where === undefined ? undefined : await listening(where, operation, freeze);
  const onSignal = () => flight?.trigger('signal', 'SIGUSR2');
  process.on('SIGUSR2', onSignal);
  return {
    watches,
    flight,
    stepsTaken: () => overload.counts.up,
    async end() {
      process.off('SIGUSR2', onSignal);
      server?.closeAllConnections();
      server?.close();
      await flight?.end();
    },
  };
}

async function listening(
  where: string,
  operation: Operation,
  freeze: ((reason: string) => void) | undefined,
): Promise<Server> {
  if (!/^(unix:.+|.+:\d+)$/.test(where)) throw new UsageError(`--listen is unix:PATH or ADDRESS:PORT, not ${where}`);
  try {
    return await serveOperation(where, operation, { freeze });
  } catch (error) {
    throw new UsageError(`--listen ${where}: ${(error as Error).message}`);
  }
}

function overloadFrom(given: Given, { plan, rules, memory }: Recorded): Overload {
  const high = rules === undefined ? plan : planOf(rules, ({ priority }) => HIGH.has(priority.toLowerCase()));
  const needed = high.syscalls.filter(({ state }) => rules !== undefined || state.length > 0);
  const selected = plan.syscalls.map(({ row }) => row);
  return new Overload({
    selected: selected.map(({ number }) => number),
    needed: new Set(needed.map(({ row }) => row.number)),
    lives: new Set(selected.filter(({ syscall }) => PROCESS_STATE.has(syscall)).map(({ number }) => number)),
    snaplen: numberOf(given, 'snaplen', 80, 0, 2000),
    memory,
    nameOf,
  });
}

function flightFrom(given: Given, terminal: Terminal, { output, target }: Recorded): FlightRecorder | undefined {
  const before = numberOf(given, 'flight-recorder', 0, 0, 86_400);
  if (before === 0) return undefined;
  if (!target.isFolder) throw new UsageError('--flight-recorder needs a folder for -o');
  return new FlightRecorder({
    folder: join(output, 'ring'),
    frozen: target,
    before,
    after: numberOf(given, 'freeze-after', 10, 0, 86_400),
    now: Date.now,
    onFrozen: ({ file }) => terminal.note(`frozen: ${join(output, file)}\n`),
    onTrouble: ({ message }) => terminal.note(`creance agent: could not be frozen: ${message}\n`),
  });
}

function nameOf(number: number): string {
  return TABLE[number]?.syscall ?? 'procexit';
}

function moreMetrics(
  overload: Overload,
  flight: FlightRecorder | undefined,
  { spool, memory, counts }: Recorded,
): readonly Metric[] {
  return [
    gauge('overload_step', 'Step of what is given up under load; 0 is nothing.', overload.step),
    counter('overload_steps_up_total', 'Steps by which more was given up.', overload.counts.up),
    counter('overload_steps_down_total', 'Steps by which it was taken back.', overload.counts.down),
    gauge('memory_cap_bytes', 'Memory above which the stream is left alone.', memory.bytes),
    counter('memory_stops_total', 'Times that it was.', memory.stops),
    ...(counts === undefined ? [] : sendMetrics(counts)),
    ...(flight === undefined
      ? []
      : [
          counter('frozen_total', 'Recordings that the flight recorder froze.', flight.counts.frozen),
          counter('freeze_triggers_total', 'Triggers of the flight recorder.', flight.counts.triggers),
        ]),
    ...(spool === undefined
      ? []
      : [
          gauge('spool_bytes', 'Bytes of the segments that wait.', spool.bytes),
          gauge('spool_segments', 'Segments that wait.', spool.segments),
          gauge('oldest_unsent_seconds', 'Age of the oldest event that waits.', oldestAge(spool)),
          counter('segments_given_up_total', 'Segments given up since the spool was full.', spool.dropped.segments),
        ]),
  ];
}

/** What became of the tries to send. */
function sendMetrics({ sent, sentBytes, refused, failures }: SendCounts): readonly Metric[] {
  return [
    {
      name: 'uploads_total',
      type: 'counter',
      help: 'Tries to send a segment or the end of a recording, by what came of them.',
      values: [
        ['result="sent"', sent],
        ['result="refused"', refused],
        ['result="failed"', failures],
      ],
    },
    counter('uploaded_bytes_total', 'Bytes of the segments that the service has.', sentBytes),
  ];
}

function oldestAge({ oldest }: Spool): number {
  return oldest === undefined ? 0 : Math.max(0, Date.now() / 1000 - Number(oldest) / 1e9);
}
