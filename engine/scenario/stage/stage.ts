import type { ByteString } from '../../model/byte-string.ts';
import { toUnicode } from '../../model/byte-string.ts';
import { EventBuilder, type ParamInput } from '../../model/event-builder.ts';
import { MAX_SCENARIO_EVENTS, MAX_SCENARIO_INHERITED_FILES, MAX_SCENARIO_TRACE_BYTES } from '../../model/limits.ts';
import { nearest } from '../../model/nearest.ts';
import type { TraceSink } from '../../model/trace.ts';
import type { MachinePlan } from '../scenario.ts';
import { announceAccount } from './announce.ts';
import { Clock, TAKES } from './clock.ts';
import { isLost, SAMPLING_RATIO, type Unseen } from './losses.ts';
import type { Place } from './place.ts';
import type { Process } from './process.ts';
import { Refusal } from './refusal.ts';

/** An open file that the story has given a name. */
export interface Handle {
  readonly process: Process;
  readonly fd: number;
}

/** Open files that every process has. */
const STANDARD: ReadonlyMap<ByteString, number> = new Map([
  ['stdin', 0],
  ['stdout', 1],
  ['stderr', 2],
]);

/** Process ids of the story begin here, above those of what was there before. */
const FIRST_STORY_PID = 12_001;
const FIRST_PID = 701;
const FIRST_EPHEMERAL_PORT = 40_001;

/**
 * Where a story is played: who is there, what time it is, and the sink that hears of everything. All numbers (ids,
 * inodes, ports, times) follow from the order of what happens, so that the same story gives the same events.
 */
export class Stage {
  readonly machine: MachinePlan;
  readonly clock: Clock;
  /** Undefined when nobody listens: a rehearsal. */
  readonly sink: TraceSink | undefined;
  readonly host: Place;
  /** By name, the host not included. */
  readonly places = new Map<ByteString, Place>();
  /** By the names that the story gives. */
  readonly actors = new Map<ByteString, Process>();
  readonly handles = new Map<ByteString, Handle>();
  /** `evt.num` of the last event. */
  eventCount = 0;
  #unseen: Unseen = 'no';
  #played = 0;
  readonly #builder = new EventBuilder();
  #bytes = 0;
  #inherited = 0;
  #nextPid = FIRST_PID;
  #nextPort = FIRST_EPHEMERAL_PORT;
  #nextInode = 500_001;

  constructor(machine: MachinePlan, host: Place, sink: TraceSink | undefined) {
    this.machine = machine;
    this.host = host;
    this.sink = sink;
    this.clock = new Clock(machine.startTime);
  }

  /** From now on process ids are those of the story. */
  open(): void {
    this.#nextPid = FIRST_STORY_PID;
  }

  nextPid(): number {
    return this.#nextPid++;
  }

  nextPort(): number {
    const port = this.#nextPort;
    this.#nextPort = port === 60_999 ? FIRST_EPHEMERAL_PORT : port + 1;
    return port;
  }

  /** An inode of something that has no path: a pipe, a socket, a memfd. */
  nextInode(): number {
    return this.#nextInode++;
  }

  /** Gives a child all that its parent has open. */
  inheritFiles(parent: Process, child: Process): void {
    this.#inherited += parent.files.size;
    if (this.#inherited > MAX_SCENARIO_INHERITED_FILES) {
      const message = `children inherit more than ${MAX_SCENARIO_INHERITED_FILES} open files`;
      throw new Refusal('LIMIT_SCENARIO_FILES', 'repeat', message, 'close files first, or repeat less');
    }
    for (const [fd, file] of parent.files) child.files.set(fd, { ...file });
  }

  /**
   * Lets a thread do a syscall, which is reported as it ends.
   *
   * @param takes nanoseconds that pass before it ends
   */
  emit(process: Process, symbol: string, params: readonly ParamInput[], takes: bigint = TAKES.SYSCALL): void {
    this.clock.pass(takes);
    announceAccount(this, process.place, process.uid);
    if (isLost(this.#unseen, symbol)) this.#count(params);
    else this.#deliver(symbol, process.tid, process.tid % this.machine.cpus, params);
  }

  /** From now on events arrive or don't. Of its drop mode the probe tells as it begins and ends, from any thread. */
  loseEvents(unseen: Unseen, tid: number): void {
    const before = this.#unseen;
    this.#unseen = unseen;
    if ((before === 'sampled') === (unseen === 'sampled')) return;
    this.announce(unseen === 'sampled' ? 'DROP_E' : 'DROP_X', tid, [SAMPLING_RATIO]);
  }

  /** Reports something that no thread did: news of accounts and containers. */
  announce(symbol: string, tid: number, params: readonly ParamInput[]): void {
    this.#deliver(symbol, tid, 0, params);
  }

  /** The process of that name, alive. */
  actor(name: ByteString, part: string): Process {
    const actor = this.actors.get(name);
    if (actor === undefined) {
      const near = nearest(name, this.actors.keys());
      const known = [...this.actors.keys()].slice(0, 8).join(', ');
      const hint =
        near === undefined
          ? known === ''
            ? "name one under 'actors'"
            : `there are: ${known}`
          : `did you mean '${near}'?`;
      throw new Refusal('SCENARIO_UNKNOWN_ACTOR', part, `nobody here is called '${toUnicode(name)}'`, hint, name);
    }
    if (actor.alive) return actor;
    throw new Refusal('SCENARIO_GONE', part, `${toUnicode(name)} has exited by now`, 'move the step before its end');
  }

  /** The open file that a process has under a name of the story, a number, or as one of its standard streams. */
  handle(process: Process, name: ByteString, part: string): number {
    const standard = STANDARD.get(name);
    const named = this.handles.get(name);
    const fd = standard ?? (/^\d{1,6}$/.test(name) ? Number(name) : named?.fd);
    if (fd !== undefined && process.files.has(fd) && this.#sees(process, named)) return fd;
    const mine = [...this.handles].filter(([, handle]) => process.files.has(handle.fd)).map(([handle]) => handle);
    const near = nearest(name, mine);
    const hint = near === undefined ? "give it a name with 'as:' where it is opened" : `did you mean '${near}'?`;
    throw new Refusal('SCENARIO_UNKNOWN_FILE', part, `no open file is called '${toUnicode(name)}' here`, hint, name);
  }

  /** True for a handle of the process itself or of one it comes from: open files are inherited. */
  #sees(process: Process, handle: Handle | undefined): boolean {
    if (handle === undefined) return true;
    for (let at: Process | undefined = process; at !== undefined; at = at.parent)
      if (at === handle.process) return true;
    return handle.process.leader === process.leader;
  }

  #count(params: readonly ParamInput[]): void {
    this.#played++;
    for (const value of params) this.#bytes += sizeOf(value);
    if (this.#played <= MAX_SCENARIO_EVENTS && this.#bytes <= MAX_SCENARIO_TRACE_BYTES) return;
    const limit =
      this.#played > MAX_SCENARIO_EVENTS ? `${MAX_SCENARIO_EVENTS} events` : `${MAX_SCENARIO_TRACE_BYTES} bytes`;
    throw new Refusal('LIMIT_SCENARIO_EVENTS', 'repeat', `the story is longer than ${limit}`, 'repeat less');
  }

  #deliver(symbol: string, tid: number, cpu: number, params: readonly ParamInput[]): void {
    this.#count(params);
    this.eventCount++;
    if (this.sink === undefined) return;
    const event = this.#builder.build(symbol, { time: this.clock.now, tid, cpu }, params);
    event.num = this.eventCount;
    this.sink.event(event);
  }
}

/** About how many bytes a parameter takes. */
function sizeOf(value: ParamInput): number {
  if (value === undefined) return 0;
  if (typeof value === 'string') return value.length + 1;
  if (value instanceof Uint8Array) return value.length;
  return typeof value === 'object' ? value.reduce((sum, text) => sum + text.length + 1, 0) : 8;
}
