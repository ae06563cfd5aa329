import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CONFORMANCE, CONFORMANCE_PRESENT } from './folder.ts';

/** Recordings of the conformance data that a test can go through in seconds: all but the two of more than 50 MB. */
export const SMALL_CAPTURES: readonly string[] = CONFORMANCE_PRESENT
  ? readdirSync(join(CONFORMANCE, 'captures')).filter((name) => !/^(attack|build)\./.test(name))
  : [];

/** The bytes of a recording, decompressed. */
export function captureBytes(name: string): Uint8Array {
  const bytes = readFileSync(join(CONFORMANCE, 'captures', name));
  return bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
}
