import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where the conformance data lies: captures, upstream rules, what the real Falco answered. See CONTRIBUTING.md. */
export const CONFORMANCE = resolve(root, process.env.CREANCE_CONFORMANCE ?? '../shared/conformance');

/** True when the data is there. */
export const CONFORMANCE_PRESENT = existsSync(join(CONFORMANCE, 'captures'));

/** A suite that needs the data; without it the suite is one skipped test that says so. */
export function describeConformance(name: string, suite: () => void): void {
  if (CONFORMANCE_PRESENT) describe(name, suite);
  else describe(name, () => it('needs conformance data', ({ skip }) => skip('conformance data not present')));
}
