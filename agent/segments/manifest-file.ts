import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import type { Manifest, SalvagedManifest } from './manifest.ts';

/** Where the manifest of a segment lies. */
export function manifestPath(segment: string): string {
  return `${segment}.json`;
}

/** Writes a manifest beside its segment; it has its name only when it is whole. */
export function writeManifest(segment: string, manifest: object): void {
  const fresh = `${manifestPath(segment)}.new`;
  const file = openSync(fresh, 'w', 0o600);
  writeSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(fresh, manifestPath(segment));
}

/** The manifest of a segment; undefined where there is none that can be read. */
export function readManifest(segment: string): Manifest | SalvagedManifest | undefined {
  try {
    const manifest = JSON.parse(readFileSync(manifestPath(segment), 'utf8')) as Manifest;
    return manifest.format === 'creance-segment-1' ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** Names in a folder are on the disk only when the folder is. */
export function syncFolder(folder: string): void {
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
