import { byteString, type ByteString } from '../../engine/model/byte-string.ts';
import { CATEGORIES, type Category } from '../table/row.ts';
import { HEADER_BYTES } from './layout.ts';
import type { Record } from './record.ts';

/** How many records, by class of syscall. */
export type Counts = Readonly<{ [category in Category]: number }>;

/** What the kernel part and the loader have counted since the start. Exact: `seen = sent + dropped` for each class. */
export interface Stats {
  readonly seen: Counts;
  readonly sent: Counts;
  readonly dropped: Counts;
  /** Calls outside of the control groups asked for, and calls of 32-bit programs: not recorded. */
  readonly filtered: number;
  readonly foreign: number;
  /** Parts of records that could not be read, and records with parts left out for lack of room. */
  readonly faults: number;
  readonly cuts: number;
  /** Records that the loader took out of the ring. */
  readonly received: number;
  readonly ringFill: number;
  /** Added to a time since boot gives nanoseconds since the epoch. */
  readonly epoch: bigint;
}

/** What the loader says first. */
export interface Hello {
  readonly version: number;
  readonly cpus: number;
  readonly epoch: bigint;
  readonly ringBytes: number;
  readonly memoryBytes: number;
  readonly snaplen: number;
  readonly ownPid: number;
  readonly release: ByteString;
  readonly hostname: ByteString;
}

const WIDTH = 8 * CATEGORIES.length;

/** Reads a record of counters. */
export function readStats(record: Record): Stats {
  const at = record.start + HEADER_BYTES;
  const number = (place: number) => Number(record.uint64(at + place));
  const counts = (place: number): Counts =>
    Object.fromEntries(CATEGORIES.map((category, index) => [category, number(place + index * 8)])) as Counts;
  return {
    seen: counts(0),
    sent: counts(WIDTH),
    dropped: counts(2 * WIDTH),
    filtered: number(3 * WIDTH),
    foreign: number(3 * WIDTH + 8),
    faults: number(3 * WIDTH + 16),
    cuts: number(3 * WIDTH + 24),
    received: number(3 * WIDTH + 32),
    ringFill: number(3 * WIDTH + 40),
    epoch: BigInt(record.uint64(at + 3 * WIDTH + 48)),
  };
}

/** Reads the loader's first record. */
export function readHello(record: Record): Hello {
  const at = record.start + HEADER_BYTES;
  return {
    version: record.uint32(at),
    cpus: record.uint32(at + 4),
    epoch: BigInt(record.uint64(at + 8)),
    ringBytes: Number(record.uint64(at + 16)),
    memoryBytes: Number(record.uint64(at + 24)),
    snaplen: record.uint32(at + 32),
    ownPid: record.uint32(at + 36),
    release: fixed(record, at + 40),
    hostname: fixed(record, at + 104),
  };
}

/** True for the end of a state that the loader did not tell, since it could not load the iterators. */
export function isByProc(record: Record): boolean {
  return record.length >= HEADER_BYTES + 8 && record.uint32(record.start + HEADER_BYTES + 4) === 1;
}

/** The sum over all classes. */
export function total(counts: Counts): number {
  return CATEGORIES.reduce((sum, category) => sum + counts[category], 0);
}

/** What was lost between two looks at the counters; undefined when nothing was. */
export function lostBetween(before: Stats | undefined, after: Stats): Counts | undefined {
  const lost = CATEGORIES.map(
    (category) => [category, after.dropped[category] - (before?.dropped[category] ?? 0)] as const,
  );
  const counts = Object.fromEntries(lost) as Counts;
  return total(counts) > 0 ? counts : undefined;
}

function fixed(record: Record, at: number): ByteString {
  let end = at;
  while (end < at + 64 && record.bytes[end] !== 0) end++;
  return byteString(record.bytes, at, end);
}
