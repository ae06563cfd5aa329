import { expect, it } from 'vitest';
import { CREANCE_VERSION } from '../../functions/version.ts';
import manifest from '../../package.json' with { type: 'json' };

it('tells the version of the package', () => {
  expect(CREANCE_VERSION).toBe(manifest.version);
});
