import { toUnicode, type ByteString } from '../../model/byte-string.ts';
import type { Event } from '../../model/event.ts';
import type {
  FileEntry,
  GroupEntry,
  Machine,
  NetworkInterface,
  ProcessEntry,
  UserEntry,
} from '../../model/snapshot.ts';
import type { TraceSink } from '../../model/trace.ts';
import { MAX_NODE_EVENTS } from '../../model/practice-limits.ts';
import { hostsOfScenario } from '../../scenario/hosts.ts';
import { play } from '../../scenario/play.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { Moment } from '../../state/moment.ts';
import { createSystem } from '../../state/system.ts';
import { SystemSink } from '../../state/system-sink.ts';

/** An event of a tape, and where it belongs. */
interface TapedEvent {
  readonly event: Event;
  /** Nanoseconds since the epoch, as the story has it. */
  readonly time: bigint;
  /** Short id of the container in which it happens; empty on the host. */
  readonly container: string;
}

/** A story as it was played once, to be played again from any moment, at other times and without some containers. */
export class Tape {
  readonly #beginning: readonly ((sink: TraceSink) => void)[];
  readonly #events: readonly TapedEvent[];
  readonly hostname: string;
  /** When the story begins, nanoseconds since the epoch. */
  readonly startTime: bigint;
  /** From its beginning to behind its last event, nanoseconds. */
  readonly length: bigint;

  constructor(scenario: Scenario) {
    const recorder = new Recorder(scenario);
    play(scenario, recorder);
    this.#beginning = recorder.beginning;
    this.#events = recorder.events;
    this.hostname = toUnicode(scenario.machine.hostname);
    this.startTime = scenario.machine.startTime;
    this.length = (this.#events.at(-1)?.time ?? this.startTime) - this.startTime + 1n;
  }

  /** Tells what was there when the story began. */
  begin(sink: TraceSink): void {
    for (const tell of this.#beginning) tell(sink);
  }

  /**
   * Plays events in order, from the one with the number `next` up to a time.
   *
   * @param until nanoseconds since the beginning of the story; an event at this very time is not played yet
   * @param shift nanoseconds by which all is later than in the story
   * @param isSilent whether a container is stopped at a time since the beginning
   * @returns the number of the event that comes next
   */
  play(
    sink: Pick<TraceSink, 'event'>,
    next: number,
    until: bigint,
    shift: bigint,
    isSilent: (container: string, at: bigint) => boolean,
  ): number {
    let number = next;
    for (; number < this.#events.length; number++) {
      const { event, time, container } = this.#events[number] as TapedEvent;
      if (time - this.startTime >= until) break;
      if (container !== '' && isSilent(container, time - this.startTime)) continue;
      const later = time + shift;
      event.timeLow = Number(later & 0xffff_ffffn);
      event.timeHigh = Number(later >> 32n);
      sink.event(event);
    }
    return number;
  }
}

/** Keeps all that a sink hears, and works out in which container each event happens. */
class Recorder implements TraceSink {
  readonly beginning: ((sink: TraceSink) => void)[] = [];
  readonly events: TapedEvent[] = [];
  readonly #state: SystemSink;

  constructor(scenario: Scenario) {
    this.#state = new SystemSink(createSystem({ hosts: hostsOfScenario(scenario) }), (moment) => this.#note(moment));
  }

  section(): void {
    this.#tell((sink) => sink.section());
  }

  machine(machine: Machine): void {
    this.#tell((sink) => sink.machine(machine));
  }

  interfaces(list: readonly NetworkInterface[]): void {
    this.#tell((sink) => sink.interfaces(list));
  }

  users(users: readonly UserEntry[], groups: readonly GroupEntry[]): void {
    this.#tell((sink) => sink.users(users, groups));
  }

  process(entry: ProcessEntry): void {
    this.#tell((sink) => sink.process(entry));
  }

  files(tid: number, entries: readonly FileEntry[]): void {
    this.#tell((sink) => sink.files(tid, entries));
  }

  event(event: Event): void {
    if (this.events.length < MAX_NODE_EVENTS) this.#state.event(event);
  }

  #tell(tell: (sink: TraceSink) => void): void {
    this.beginning.push(tell);
    tell(this.#state);
  }

  #note({ event, thread }: Moment): void {
    const container: ByteString = thread?.containerId ?? '';
    this.events.push({ event: event.copy(), time: event.time(), container: toUnicode(container) });
  }
}
