import { randomUUID } from 'node:crypto';
import { afterAll } from 'vitest';
import { LOCAL_ACCESS } from '../../../functions/http/access/local-access.ts';
import { createApp } from '../../../functions/http/app.ts';
import { nodeRunMeans } from '../../../functions/node-run-means.ts';
import { inProcessRunner } from '../../../functions/runs/in-process.ts';
import { ObjectStore } from '../../../functions/store/object-store.ts';
import { SITE_FOLDER } from '../../../functions/web/build-site.ts';
import { describeOtherS3 } from '../../store/other-s3.ts';
import { recordingSuite } from './recording-suite.ts';
import { traceLifeSuite } from './trace-life-suite.ts';

describeOtherS3('the service over another S3', (settings) => {
  const objects = new ObjectStore(settings);
  const tenant = `test-${randomUUID()}`;
  const runner = inProcessRunner(objects, nodeRunMeans(objects, { site: SITE_FOLDER, allowsPrivate: true }));
  afterAll(() => runner.stop());
  const app = createApp({
    // A tenant of its own: the store is not emptied between two runs of the tests.
    access: { ...LOCAL_ACCESS, admit: async () => ({ tenant, scopes: ['admin'], token: undefined }) },
    site: { file: async () => undefined },
    dispatch: runner.dispatch,
    openStore: () => objects,
    now: () => Date.parse('2026-01-05T09:00:00Z'),
  });
  traceLifeSuite((request) => app.fetch(request));
  recordingSuite((request) => app.fetch(request));
});
