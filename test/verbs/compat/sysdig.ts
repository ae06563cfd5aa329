import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why tests that need it don't run where it isn't. */
export const SYSDIG_ABSENT = 'sysdig is not installed (apt-get install sysdig)';

export const SYSDIG_PRESENT = spawnSync('sysdig', ['--version']).status === 0;

const BETWEEN_FIELDS = '\u001f';
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/** What sysdig says of every event of a capture: one row each, with the fields that were asked for. */
export function sysdigRows(capture: Uint8Array, fields: readonly string[]): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'creance-sysdig-'));
  try {
    const path = join(folder, 'trace.scap');
    writeFileSync(path, capture);
    const format = `*${fields.map((field) => `%${field}`).join(BETWEEN_FIELDS)}`;
    const options = { maxBuffer: MAX_OUTPUT_BYTES, encoding: 'latin1' } as const;
    const text = execFileSync('sysdig', ['-r', path, '-p', format], options);
    return text
      .split('\n')
      .filter((line) => line.includes(BETWEEN_FIELDS))
      .map((line) => line.split(BETWEEN_FIELDS));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
