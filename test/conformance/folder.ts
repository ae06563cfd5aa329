import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { ConformanceData } from './conformance-data.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folder of the conformance data. See CONTRIBUTING.md. */
export const CONFORMANCE = resolve(root, process.env.CREANCE_CONFORMANCE ?? '../shared/conformance');

/** True when the data is there. */
export const CONFORMANCE_PRESENT = existsSync(join(CONFORMANCE, 'captures'));

/** The data as it lies in that folder. */
export const FOLDER: ConformanceData = {
  list: async (folder) => (await readdir(join(CONFORMANCE, folder))).sort(),
  open: (path) => createReadStream(join(CONFORMANCE, path)),
};

/** A whole capture, decompressed, for tests that need it at once. */
export function captureBytes(capture: string): Uint8Array {
  const folder = join(CONFORMANCE, 'captures');
  const file = readdirSync(folder).find((name) => name === `${capture}.scap` || name === `${capture}.scap.gz`);
  if (file === undefined) throw new Error(`no capture ${capture}`);
  const bytes = readFileSync(join(folder, file));
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}
