import { MAX_DIAGNOSTICS, MAX_INDEX_CONTAINERS, MAX_INDEX_GAPS, MAX_INDEX_HOSTS } from '../../engine/model/limits.ts';
import type { TraceManifest } from '../store/trace-manifest.ts';
import type { Facts, SeenContainer, TraceGap } from './segment-facts.ts';

/** What was wrong with a segment, in the words of its reader. */
export interface Finding {
  readonly segment: number;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  /** In the decompressed bytes of the segment. */
  readonly byteOffset?: number;
}

/** What is kept of one segment that was read to its end; written once. */
export interface SegmentIndex extends Facts {
  readonly format: 1;
  readonly sequence: number;
  readonly diagnostics: readonly Finding[];
}

/** What a trace holds, over all its segments; written once, when all of them were read. */
export interface TraceIndex extends Facts {
  readonly format: 1;
  readonly id: string;
  readonly images: readonly string[];
  /** Where each segment begins; `firstEvent` is the `evt.num` of its first event. */
  readonly segments: readonly {
    readonly sequence: number;
    readonly firstEvent: number;
    readonly events: number;
    readonly firstTime?: string;
    readonly lastTime?: string;
  }[];
  readonly diagnostics: readonly Finding[];
  /** Why the trace can't be used at all; undefined where something of it could be read. */
  readonly unreadable?: string;
}

/** The index of a trace from those of its segments, which come in order. */
export async function mergedIndex(manifest: TraceManifest, parts: AsyncIterable<SegmentIndex>): Promise<TraceIndex> {
  const merger = new Merger(manifest.recording?.lost ?? []);
  for await (const part of parts) merger.add(part);
  return merger.told(manifest);
}

/** Gathers what segments hold; bounded, however many there are. */
class Merger {
  readonly #containers = new Map<string, SeenContainer>();
  readonly #hosts = new Set<string>();
  readonly #types = new Map<string, number>();
  readonly #segments: TraceIndex['segments'][number][] = [];
  readonly #gaps: TraceGap[] = [];
  readonly #diagnostics: Finding[] = [];
  #events = 0;
  #firstTime: bigint | undefined;
  #lastTime: bigint | undefined;
  #gapCount = 0;

  /** @param lost numbers of segments that never came */
  constructor(lost: readonly number[]) {
    const gaps = lost.map((segment): TraceGap => ({
      reason: 'missing',
      segment,
      detail: `segment ${segment} never came`,
    }));
    this.#addGaps(gaps, gaps.length);
  }

  add({ sequence, events, firstTime: first, lastTime: last, ...part }: SegmentIndex): void {
    const times = first === undefined || last === undefined ? {} : { firstTime: first, lastTime: last };
    this.#segments.push({ sequence, firstEvent: this.#events + 1, events, ...times });
    this.#events += events;
    if (first !== undefined) this.#firstTime = least(this.#firstTime, BigInt(first));
    if (last !== undefined) this.#lastTime = most(this.#lastTime, BigInt(last));
    for (const host of part.hosts) if (this.#hosts.size < MAX_INDEX_HOSTS) this.#hosts.add(host);
    for (const one of part.containers) {
      const known = this.#containers.get(one.id);
      if (known !== undefined || this.#containers.size < MAX_INDEX_CONTAINERS) {
        this.#containers.set(one.id, { ...known, ...one });
      }
    }
    for (const [name, count] of Object.entries(part.types)) this.#types.set(name, (this.#types.get(name) ?? 0) + count);
    this.#addGaps(part.gaps, part.gapCount);
    this.#diagnostics.push(...part.diagnostics.slice(0, MAX_DIAGNOSTICS - this.#diagnostics.length));
  }

  told({ id, segments }: TraceManifest): TraceIndex {
    const containers = [...this.#containers.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const images = new Set(containers.flatMap(({ image }) => (image === undefined ? [] : [image])));
    const error = this.#diagnostics.find(({ severity }) => severity === 'error')?.message;
    const unreadable = segments.length === 0 ? 'no segment of the recording ever came' : error;
    return {
      format: 1,
      id,
      events: this.#events,
      ...(this.#firstTime !== undefined && { firstTime: String(this.#firstTime) }),
      ...(this.#lastTime !== undefined && { lastTime: String(this.#lastTime) }),
      hosts: [...this.#hosts].toSorted(),
      images: [...images].toSorted(),
      containers,
      types: Object.fromEntries([...this.#types].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      segments: this.#segments,
      gaps: this.#gaps.toSorted((a, b) => a.segment - b.segment),
      gapCount: this.#gapCount,
      diagnostics: this.#diagnostics,
      ...(this.#events === 0 && unreadable !== undefined && { unreadable }),
    };
  }

  #addGaps(gaps: readonly TraceGap[], count: number): void {
    this.#gapCount += count;
    this.#gaps.push(...gaps.slice(0, MAX_INDEX_GAPS - this.#gaps.length));
  }
}

function least(a: bigint | undefined, b: bigint): bigint {
  return a === undefined || b < a ? b : a;
}

function most(a: bigint | undefined, b: bigint): bigint {
  return a === undefined || b > a ? b : a;
}
