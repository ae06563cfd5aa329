import type { RedactionSettings } from '../redaction/redaction.ts';

/** Which segment is given up when the spool is full: the oldest, or the one that was just made. */
export type DropPolicy = 'oldest' | 'newest';

/** How a spool is kept. */
export interface SpoolOptions {
  /** What the recording is called at the service. */
  readonly name: string;
  /** Chance, for the key of a recording. */
  readonly chance: string;
  /** Bytes on the disk above which a segment is given up; no limit when undefined. */
  readonly maxBytes: number | undefined;
  readonly drop: DropPolicy;
  readonly redaction?: RedactionSettings | undefined;
  /** Milliseconds since the epoch. */
  now(): number;
}
