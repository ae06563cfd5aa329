import type { Event } from '../../engine/model/event.ts';
import type { RecordingControl, RecordingWatch } from '../recording-watch.ts';
import type { Hello, Stats } from '../stream/stats.ts';
import { CATEGORIES } from '../table/row.ts';
import { MAX_SYSCALLS } from '../table/table.ts';

/** A number that is told: its name, what it is, and values by their labels. */
export interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly values: readonly (readonly [labels: string, value: number])[];
}

/** What is asked when metrics are. */
export interface OperationOptions {
  nameOf(syscall: number): string;
  /** Milliseconds that only ever grow. */
  now(): number;
  /** What others count: the spool, the flight recorder, the steps of overload. */
  readonly more?: () => readonly Metric[];
}

/** A heartbeat comes each second; one that is missed so often is no chance. */
const SILENCE_MS = 5000;

/** How the recorder is: what it counted, and whether the way from the kernel to here is open. */
export class Operation implements RecordingWatch {
  readonly #options: OperationOptions;
  readonly #events = new Float64Array(MAX_SYSCALLS);
  #stats: Stats | undefined;
  #ringBytes = 0;
  #gaps = 0;
  #starts = 0;
  #heartbeats = 0;
  #lastHeartbeat: number | undefined;

  constructor(options: OperationOptions) {
    this.#options = options;
  }

  begin(_control: RecordingControl, hello: Hello): void {
    this.#starts++;
    this.#ringBytes = hello.ringBytes;
  }

  event(_event: Event, syscall: number): void {
    if (syscall >= 0) this.#events[syscall] = (this.#events[syscall] as number) + 1;
  }

  stats(stats: Stats): void {
    this.#stats = stats;
  }

  gap(): void {
    this.#gaps++;
  }

  heartbeat(): void {
    this.#heartbeats++;
    this.#lastHeartbeat = this.#options.now();
  }

  /** Why it is not ready; undefined when it is. */
  trouble(): string | undefined {
    if (this.#lastHeartbeat === undefined) return 'nothing came through the ring yet';
    const silence = this.#options.now() - this.#lastHeartbeat;
    if (silence <= SILENCE_MS) return undefined;
    return `nothing came through the ring for ${Math.round(silence / 1000)} s`;
  }

  /** All numbers in Prometheus' text format. */
  metrics(): string {
    return [...this.#own(), ...(this.#options.more?.() ?? [])].map(metricText).join('');
  }

  #own(): readonly Metric[] {
    const { nameOf, now } = this.#options;
    const stats = this.#stats;
    const events = [...this.#events].flatMap((count, number) =>
      count === 0 ? [] : [[`syscall="${nameOf(number)}"`, count] as const],
    );
    const classes = (which: 'seen' | 'sent' | 'dropped', help: string): Metric => ({
      name: `calls_${which}_total`,
      type: 'counter',
      help,
      values: CATEGORIES.map((category) => [`class="${category}"`, stats?.[which][category] ?? 0]),
    });
    const age = this.#lastHeartbeat === undefined ? Number.NaN : (now() - this.#lastHeartbeat) / 1000;
    return [
      { name: 'events_total', type: 'counter', help: 'Events written to recordings.', values: events },
      classes('seen', 'Calls that were to be recorded, since the loader began.'),
      classes('sent', 'Calls that went into the ring.'),
      classes('dropped', 'Calls that were lost since the ring was full.'),
      counter('calls_filtered_total', 'Calls outside of the control groups asked for.', stats?.filtered ?? 0),
      counter('calls_foreign_total', 'Calls of 32-bit programs, which are not recorded.', stats?.foreign ?? 0),
      counter('faults_total', 'Parts of calls that could not be read.', stats?.faults ?? 0),
      gauge('ring_bytes', 'Size of the ring.', this.#ringBytes),
      gauge('ring_fill_bytes', 'Bytes that wait in the ring.', stats?.ringFill ?? 0),
      counter('gaps_total', 'Gaps told in recordings.', this.#gaps),
      counter('loader_starts_total', 'Starts of the loader.', this.#starts),
      counter('heartbeats_total', 'Calls of the loader that came back through the ring.', this.#heartbeats),
      gauge('heartbeat_age_seconds', 'Time since the last of them.', age),
      gauge('resident_memory_bytes', 'Memory of the agent without the loader.', process.memoryUsage.rss()),
    ];
  }
}

/** A number that only grows. */
export function counter(name: string, help: string, value: number): Metric {
  return { name, type: 'counter', help, values: [['', value]] };
}

/** A number that goes up and down. */
export function gauge(name: string, help: string, value: number): Metric {
  return { name, type: 'gauge', help, values: [['', value]] };
}

function metricText({ name, type, help, values }: Metric): string {
  const full = `creance_agent_${name}`;
  const lines = values.map(([labels, value]) => `${full}${labels === '' ? '' : `{${labels}}`} ${value}\n`);
  return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${lines.join('')}`;
}
