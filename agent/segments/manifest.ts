import type { Counts } from '../stream/stats.ts';

/** A stretch of time in which records were lost. */
export interface Gap {
  /** Nanoseconds since the epoch. */
  readonly from: bigint;
  readonly to: bigint;
  /** Why: the ring was full, or the loader ended. */
  readonly reason: 'ring full' | 'recorder ended';
  /** Records lost by class; undefined where nobody could count. */
  readonly lost: Counts | undefined;
}

/** What is known of a segment besides its events, written next to it as JSON. */
export interface Manifest {
  readonly format: 'creance-segment-1';
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly sequence: number;
  readonly hostname: string;
  readonly kernel: string;
  /** Nanoseconds since the epoch as decimal digits; undefined without an event. */
  readonly firstTime: string | undefined;
  readonly lastTime: string | undefined;
  readonly events: number;
  /** True when every record that was to be in it is. */
  readonly complete: boolean;
  readonly seen: number;
  readonly sent: number;
  readonly dropped: number;
  /** Calls of 32-bit programs, which are not recorded. */
  readonly foreign: number;
  readonly gaps: readonly { from: string; to: string; reason: string; lost: Counts | undefined }[];
  readonly syscalls: readonly string[];
}

/** A gap as JSON tells it. */
export function gapJson({ from, to, reason, lost }: Gap): Manifest['gaps'][number] {
  return { from: String(from), to: String(to), reason, lost };
}

/** A gap in words, as the recording itself tells it. */
export function gapText({ from, to, reason, lost }: Gap): string {
  const seconds = (Number(to - from) / 1e9).toFixed(3);
  if (lost === undefined) return `an unknown number of events is missing in ${seconds} s: ${reason}`;
  const parts = Object.entries(lost).filter(([, count]) => count > 0);
  const sum = parts.reduce((all, [, count]) => all + count, 0);
  return `${sum} events are missing in ${seconds} s: ${reason} (${parts.map(([name, count]) => `${name} ${count}`).join(', ')})`;
}
