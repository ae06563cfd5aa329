import { toUnicode, type ByteString } from '../../engine/model/byte-string.ts';
import type { Event } from '../../engine/model/event.ts';
import { EVENT_TYPES, eventCode } from '../../engine/model/event-types.ts';
import { MAX_INDEX_CONTAINERS, MAX_INDEX_GAPS, MAX_INDEX_HOSTS, MAX_NAME_CHARS } from '../../engine/model/limits.ts';
import type { Machine, ProcessEntry } from '../../engine/model/snapshot.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { matchCgroup } from '../../engine/state/container-engines.ts';
import { readContainer } from '../../engine/state/container-record.ts';
import { WANT } from '../../engine/trace/wants.ts';

/** A container of a trace. */
export interface SeenContainer {
  /** The twelve digits that rules see. */
  readonly id: string;
  readonly name?: string;
  readonly image?: string;
}

/** Something that a trace lacks. */
export interface TraceGap {
  /** `dropped`: the recorder says so; `cut`: the file is damaged or ends too early; `missing`: a segment never came. */
  readonly reason: 'dropped' | 'cut' | 'missing';
  /** When it was noticed, in nanoseconds since the epoch. */
  readonly time?: string;
  /** The segment in which it is, or which it is. */
  readonly segment: number;
  readonly detail: string;
}

/** What a segment holds, as counted. Times are decimal digits: nanoseconds are beyond what a JSON number keeps. */
export interface Facts {
  readonly events: number;
  readonly firstTime?: string;
  readonly lastTime?: string;
  readonly hosts: readonly string[];
  readonly containers: readonly SeenContainer[];
  /** Events by `evt.type`. */
  readonly types: Readonly<Record<string, number>>;
  readonly gaps: readonly TraceGap[];
  /** All gaps, also those that the list has no room for. */
  readonly gapCount: number;
}

const ASYNC = eventCode('ASYNCEVENT_E');
const NOTIFICATION = eventCode('NOTIFICATION_E');
const DROP = eventCode('DROP_E');
const DROP_END = eventCode('DROP_X');
/** Events whose first parameter is the JSON of a container. */
const TOLD_JSON = [eventCode('CONTAINER_JSON_E'), eventCode('CONTAINER_JSON_2_E')];
/** Where the control groups of a new program or process stand, by event type; -1 where there are none. */
const CGROUPS = EVENT_TYPES.map(({ params }) => params.findIndex(({ name }) => name === 'cgroups'));
/** How the recorder of ours calls a gap in its own recording. */
const GAP_EVENT = 'creance.gap';
/** Lists of control groups that are remembered; the processes of a node share a few hundred. */
const MAX_REMEMBERED_GROUPS = 4_096;

/** How much of each event type `SegmentFacts` must be given. */
export const FACTS_WANTS = Uint8Array.from(EVENT_TYPES, ({ code }) =>
  [ASYNC, NOTIFICATION, ...TOLD_JSON].includes(code) || (CGROUPS[code] as number) >= 0 ? WANT.ALL : WANT.HEAD,
);

/** Counts what passes in one segment. What it holds is bounded, whatever the segment's length. */
export class SegmentFacts implements TraceSink {
  readonly #segment: number;
  readonly #counts = new Float64Array(EVENT_TYPES.length);
  readonly #hosts = new Set<string>();
  readonly #containers = new Map<string, SeenContainer>();
  readonly #groups = new Set<string>();
  readonly #gaps: TraceGap[] = [];
  #gapCount = 0;
  #events = 0;
  #first: bigint | undefined;
  #lastLow = 0;
  #lastHigh = 0;

  constructor(segment: number) {
    this.#segment = segment;
  }

  section(): void {}
  interfaces(): void {}
  users(): void {}
  files(): void {}

  machine({ hostname }: Machine): void {
    if (hostname !== '' && this.#hosts.size < MAX_INDEX_HOSTS) this.#hosts.add(shortened(hostname));
  }

  process({ cgroups }: ProcessEntry): void {
    this.#takeGroups(cgroups);
  }

  event(event: Event): void {
    const { type } = event;
    this.#events++;
    this.#counts[type] = (this.#counts[type] as number) + 1;
    this.#first ??= event.time();
    this.#lastLow = event.timeLow;
    this.#lastHigh = event.timeHigh;
    if (type === DROP || type === DROP_END) return this.#gap(event, 'the recorder left out events, for too many came');
    if (event.paramCount === 0) return;
    const groups = CGROUPS[type] as number;
    if (groups >= 0) this.#takeGroups(event.strings(groups));
    else if (type === ASYNC && event.string(1) === 'container') this.#takeContainer(event.string(2));
    else if (TOLD_JSON.includes(type)) this.#takeContainer(event.string(0));
    else if (type === NOTIFICATION && event.string(0) === GAP_EVENT) this.#gap(event, toUnicode(event.string(1)));
  }

  /** All of it; `problem` is what kept the segment from being read to its end. */
  told(problem: string | undefined): Facts {
    const counted = new Map<string, number>();
    EVENT_TYPES.forEach(({ name }, code) => {
      const count = this.#counts[code] as number;
      if (count > 0) counted.set(name, (counted.get(name) ?? 0) + count);
    });
    const cut: TraceGap[] =
      problem === undefined ? [] : [{ reason: 'cut', segment: this.#segment, ...this.#lastTime(), detail: problem }];
    return {
      events: this.#events,
      ...(this.#first !== undefined && { firstTime: String(this.#first) }),
      ...(this.#first !== undefined && { lastTime: this.#lastTime().time }),
      hosts: [...this.#hosts].toSorted(),
      containers: [...this.#containers.values()],
      types: Object.fromEntries([...counted].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      gaps: [...this.#gaps, ...cut],
      gapCount: this.#gapCount + cut.length,
    };
  }

  #takeGroups(cgroups: readonly ByteString[]): void {
    const all = cgroups.join(' ');
    if (all === '' || this.#groups.has(all)) return;
    if (this.#groups.size < MAX_REMEMBERED_GROUPS) this.#groups.add(all);
    for (const entry of cgroups) {
      const match = matchCgroup(entry.slice(entry.indexOf('=') + 1));
      if (match === undefined) continue;
      if (match.id !== '') this.#add({ id: shortened(match.id) });
      return;
    }
  }

  #takeContainer(json: ByteString): void {
    const container = readContainer(json);
    if (container === undefined || container.id === '' || container.id === 'host') return;
    const { name, image } = container.record;
    this.#add({
      id: shortened(container.id),
      ...(typeof name === 'string' && name !== '' && { name: shortened(name) }),
      ...(typeof image === 'string' && image !== '' && { image: shortened(image) }),
    });
  }

  #add(container: SeenContainer): void {
    const known = this.#containers.get(container.id);
    if (known === undefined && this.#containers.size >= MAX_INDEX_CONTAINERS) return;
    this.#containers.set(container.id, { ...known, ...container });
  }

  #gap(event: Event, detail: string): void {
    if (this.#gapCount++ >= MAX_INDEX_GAPS) return;
    const time = String(event.time());
    this.#gaps.push({ reason: 'dropped', time, segment: this.#segment, detail: detail.slice(0, MAX_NAME_CHARS) });
  }

  #lastTime(): { readonly time: string } {
    return { time: String((BigInt(this.#lastHigh) << 32n) | BigInt(this.#lastLow)) };
  }
}

function shortened(text: ByteString): string {
  return toUnicode(text).slice(0, MAX_NAME_CHARS);
}
