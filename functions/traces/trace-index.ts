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
  /** All gaps, also those that the list has no room for. */
  readonly gapCount: number;
  readonly diagnostics: readonly Finding[];
  /** Why the trace can't be used at all; undefined where something of it could be read. */
  readonly unreadable?: string;
}

/** The index of a trace from those of its segments, which come in order. */
export async function mergedIndex(
  { id, recording }: TraceManifest,
  parts: AsyncIterable<SegmentIndex>,
): Promise<TraceIndex> {
  const containers = new Map<string, SeenContainer>();
  const hosts = new Set<string>();
  const types = new Map<string, number>();
  const segments: TraceIndex['segments'][number][] = [];
  const gaps: TraceGap[] = [];
  const diagnostics: Finding[] = [];
  let events = 0;
  let firstTime: bigint | undefined;
  let lastTime: bigint | undefined;
  let gapCount = 0;
  for (const segment of recording?.lost ?? []) {
    gapCount++;
    if (gaps.length < MAX_INDEX_GAPS)
      gaps.push({ reason: 'missing', segment, detail: `segment ${segment} never came` });
  }
  for await (const part of parts) {
    const { sequence, firstTime: first, lastTime: last } = part;
    const times = first === undefined || last === undefined ? {} : { firstTime: first, lastTime: last };
    segments.push({ sequence, firstEvent: events + 1, events: part.events, ...times });
    events += part.events;
    if (first !== undefined) firstTime = least(firstTime, BigInt(first));
    if (last !== undefined) lastTime = most(lastTime, BigInt(last));
    for (const host of part.hosts) if (hosts.size < MAX_INDEX_HOSTS) hosts.add(host);
    for (const one of part.containers) {
      if (containers.has(one.id) || containers.size < MAX_INDEX_CONTAINERS) {
        containers.set(one.id, { ...containers.get(one.id), ...one });
      }
    }
    for (const [name, count] of Object.entries(part.types)) types.set(name, (types.get(name) ?? 0) + count);
    gapCount += part.gaps.length;
    gaps.push(...part.gaps.slice(0, MAX_INDEX_GAPS - gaps.length));
    diagnostics.push(...part.diagnostics.slice(0, MAX_DIAGNOSTICS - diagnostics.length));
  }
  const all = [...containers.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const images = new Set(all.flatMap(({ image }) => (image === undefined ? [] : [image])));
  const error = events > 0 ? undefined : diagnostics.find(({ severity }) => severity === 'error');
  return {
    format: 1,
    id,
    events,
    ...(firstTime !== undefined && { firstTime: String(firstTime) }),
    ...(lastTime !== undefined && { lastTime: String(lastTime) }),
    hosts: [...hosts].toSorted(),
    images: [...images].toSorted(),
    containers: all,
    types: Object.fromEntries([...types].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    segments,
    gaps: gaps.toSorted((a, b) => a.segment - b.segment),
    gapCount,
    diagnostics,
    ...(error !== undefined && { unreadable: error.message }),
  };
}

function least(a: bigint | undefined, b: bigint): bigint {
  return a === undefined || b < a ? b : a;
}

function most(a: bigint | undefined, b: bigint): bigint {
  return a === undefined || b > a ? b : a;
}
