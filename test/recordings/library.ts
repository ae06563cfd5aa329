import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readDrive, type Drive } from './drive.ts';

/** The folder of the recordings. */
export const RECORDINGS = fileURLToPath(new URL('../../scenarios/recordings', import.meta.url));

/** All drives, by name. */
export function drives(): Drive[] {
  return readdirSync(RECORDINGS)
    .toSorted()
    .filter((slug) => existsSync(join(RECORDINGS, slug, 'drive.yaml')))
    .map((slug) => readDrive(slug, join(RECORDINGS, slug, 'drive.yaml')));
}
