import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RedactionSettings } from '../redaction/redaction.ts';
import type { Gap, Manifest } from './manifest.ts';

/** Where a recording goes: one file, or a folder of segments. */
export interface Target {
  /** A folder gets a segment after the other, and a manifest for each; a file gets all. */
  readonly isFolder: boolean;
  /** What must not get there; without it everything is written as it is. */
  readonly redaction?: RedactionSettings | undefined;
  /** The name of a segment; `time` in nanoseconds since the epoch. */
  path(sequence: number, time: bigint): string;
  /** The number of the next segment; without it they count from 1. */
  nextSequence?(): number;
  /** A segment is whole on disk. */
  whole?(manifest: Manifest): void;
  /** Called once a second with the bytes of the segment that grows; what got lost since is to be told in the recording. */
  losses?(growing: number): readonly Gap[];
}

/** A name that ends in `.scap` or `.scap.gz` is a file, any other a folder. */
export function isFile(output: string): boolean {
  return /\.scap(\.gz)?$/.test(output);
}

/** A file, or a folder of segments that nobody sends on or limits, which is made if need be. */
export function targetOf(output: string, redaction?: RedactionSettings): Target {
  if (isFile(output)) return { isFolder: false, redaction, path: () => output };
  mkdirSync(output, { recursive: true, mode: 0o700 });
  return { isFolder: true, redaction, path: (sequence, time) => join(output, segmentName(sequence, time)) };
}

/** `20261124T163000.123Z-000007.scap.gz`: names in the order of time. */
export function segmentName(sequence: number, time: bigint): string {
  return `${stamp(time)}-${String(sequence).padStart(6, '0')}.scap.gz`;
}

function stamp(time: bigint): string {
  return new Date(Number(time / 1_000_000n)).toISOString().replace(/[-:]/g, '');
}
