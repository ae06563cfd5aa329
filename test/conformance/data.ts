import { describe, it } from 'vitest';
import { CONFORMANCE, CONFORMANCE_PRESENT } from './folder.ts';

export { CONFORMANCE, CONFORMANCE_PRESENT };

/** A suite that needs the data; without it the suite is one skipped test that says so. */
export function describeConformance(name: string, suite: () => void): void {
  if (CONFORMANCE_PRESENT) describe(name, suite);
  else describe(name, () => it('needs conformance data', ({ skip }) => skip('conformance data not present')));
}
