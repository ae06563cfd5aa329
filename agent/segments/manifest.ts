import type { RedactionReport } from '../redaction/redaction.ts';
import type { Counts } from '../stream/stats.ts';

/** A stretch of time in which records were lost. */
export interface Gap {
  /** Nanoseconds since the epoch. */
  readonly from: bigint;
  readonly to: bigint;
  /** Why: the ring was full, the recorder ended, or the spool was full and a whole segment was given up. */
  readonly reason: 'ring full' | 'recorder ended' | 'spool full';
  /** Records lost by class; undefined where nobody could count them so. */
  readonly lost: Counts | undefined;
  /** Events of the segment that was given up. */
  readonly events?: number;
}

/** Why a flight recorder kept what it had. */
export interface Trigger {
  /** Nanoseconds since the epoch, as decimal digits. */
  readonly time: string;
  readonly by: 'signal' | 'request' | 'rule';
  readonly text: string;
}

/** What was given up from a time on, since more came than could be recorded. */
export interface OverloadStep {
  /** Nanoseconds since the epoch, as decimal digits. */
  readonly time: string;
  /** 0 to 4; 0 gives nothing up. */
  readonly step: number;
  readonly text: string;
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
  readonly gaps: readonly GapJson[];
  /** Steps of overload: the one that it began in, and those taken while it was written. */
  readonly overload?: readonly OverloadStep[];
  /** What was kept out of it. */
  readonly redaction?: RedactionReport;
  readonly syscalls: readonly string[];
  /** Of a recording that was frozen: why. */
  readonly triggers?: readonly Trigger[];
}

/** The manifest of a segment whose recorder was killed: what was counted is not known. */
export interface SalvagedManifest extends Pick<
  Manifest,
  'format' | 'file' | 'bytes' | 'sha256' | 'firstTime' | 'lastTime' | 'events' | 'complete' | 'gaps'
> {
  readonly salvaged: true;
}

/** A gap as JSON tells it; times in nanoseconds since the epoch. */
export interface GapJson {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly lost: Counts | undefined;
  readonly events?: number;
}

/** A gap as JSON tells it. */
export function gapJson({ from, to, ...rest }: Gap): GapJson {
  return { from: String(from), to: String(to), ...rest };
}

/** A gap in words, as the recording itself tells it. */
export function gapText({ from, to, reason, lost, events }: Gap): string {
  const seconds = (Number(to - from) / 1e9).toFixed(3);
  if (events !== undefined) return `${events} events are missing in ${seconds} s: ${reason}`;
  if (lost === undefined) return `an unknown number of events is missing in ${seconds} s: ${reason}`;
  const parts = Object.entries(lost).filter(([, count]) => count > 0);
  const sum = parts.reduce((all, [, count]) => all + count, 0);
  return `${sum} events are missing in ${seconds} s: ${reason} (${parts.map(([name, count]) => `${name} ${count}`).join(', ')})`;
}
