import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a recording goes: one file, or a folder of segments. */
export interface Target {
  /** A folder gets a segment after the other, and a manifest for each; a file gets all. */
  readonly isFolder: boolean;
  /** The name of a segment; `time` in nanoseconds since the epoch. */
  path(sequence: number, time: bigint): string;
}

/** A name that ends in `.scap` or `.scap.gz` is a file, any other a folder, which is made if need be. */
export function targetOf(output: string): Target {
  if (/\.scap(\.gz)?$/.test(output)) return { isFolder: false, path: () => output };
  mkdirSync(output, { recursive: true, mode: 0o700 });
  return {
    isFolder: true,
    path: (sequence, time) => join(output, `${stamp(time)}-${String(sequence).padStart(6, '0')}.scap.gz`),
  };
}

/**
 * Gives the segments that a recorder left behind when it was killed their names: they are readable up to their last
 * batch. Their manifests say that nobody counted what is missing.
 */
export function salvage(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.scap.gz.partial'))
    .map((name) => {
      const path = join(folder, name.slice(0, -'.partial'.length));
      renameSync(join(folder, name), path);
      const manifest = {
        format: 'creance-segment-1',
        file: name.slice(0, -'.partial'.length),
        complete: false,
        salvaged: true,
      };
      writeFileSync(`${path}.json`, `${JSON.stringify(manifest, null, 2)}\n`);
      return path;
    });
}

/** `20261124T163000.123Z` */
function stamp(time: bigint): string {
  return new Date(Number(time / 1_000_000n)).toISOString().replace(/[-:]/g, '');
}
