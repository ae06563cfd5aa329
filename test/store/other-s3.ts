import { describe, it } from 'vitest';
import { s3SettingsOf, type S3Settings } from '../../functions/store/s3-settings.ts';

/** Another S3 to hold to the same contract: `CREANCE_TEST_S3_ENDPOINT` and so on, as the service's own `S3_*`. */
const OTHER = s3SettingsOf(
  Object.fromEntries(
    Object.entries(process.env)
      .filter(([name]) => name.startsWith('CREANCE_TEST_S3_'))
      .map(([name, value]) => [name.replace('CREANCE_TEST_', ''), value]),
  ),
);

/** A suite over another S3 than the embedded one; where none is given it is one skipped test that says so. */
export function describeOtherS3(name: string, suite: (settings: S3Settings) => void): void {
  if (OTHER !== undefined) describe(`${name} at ${OTHER.endpoint}`, () => suite(OTHER));
  else describe(name, () => it('needs another S3', ({ skip }) => skip('no other S3: CREANCE_TEST_S3_* are not set')));
}
