import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { LOCAL_ACCESS } from '../../../functions/http/access/local-access.ts';
import { createApp } from '../../../functions/http/app.ts';
import { folderSite } from '../../../functions/node-site.ts';
import { nodeRunMeans } from '../../../functions/node-run-means.ts';
import { inProcessRunner } from '../../../functions/runs/in-process.ts';
import { startEmbeddedS3, type EmbeddedS3 } from '../../../functions/store/embedded-s3.ts';
import { ObjectStore } from '../../../functions/store/object-store.ts';
import { InProcessIndexing } from '../../../functions/traces/in-process.ts';
import { buildSite, SITE_FOLDER } from '../../../functions/web/build-site.ts';
import { backgroundSuite } from './background-suite.ts';
import { idempotencySuite } from './idempotency-suite.ts';
import { explainSuite } from './explain-suite.ts';
import { verifySuite } from './verify-suite.ts';
import { catalogueSuite } from './catalogue-suite.ts';
import { practiceSuite } from './practice-suite.ts';
import { recordingSuite } from './recording-suite.ts';
import { runSuite } from './run-suite.ts';
import { serviceSuite } from './service-suite.ts';
import { startReceiver, type WebhookReceiver } from './webhook-receiver.ts';
import { traceLifeSuite } from './trace-life-suite.ts';

describe('the service on Node', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-service-'));
  let embedded: EmbeddedS3;
  let receiver: WebhookReceiver;
  let runner: ReturnType<typeof inProcessRunner>;
  let indexing: InProcessIndexing;
  let app: ReturnType<typeof createApp>;

  beforeAll(async () => {
    await buildSite();
    receiver = await startReceiver();
    embedded = await startEmbeddedS3(directory);
    const objects = new ObjectStore(embedded.settings);
    runner = inProcessRunner(objects, nodeRunMeans(objects, { site: SITE_FOLDER, allowsPrivate: true }));
    indexing = new InProcessIndexing(objects, () => 0);
    app = createApp({
      access: LOCAL_ACCESS,
      site: folderSite(SITE_FOLDER),
      openStore: () => objects,
      dispatch: runner.dispatch,
      allowsPrivateWebhooks: true,
      indexing: indexing.dispatch,
      now: () => 0,
    });
  });
  afterAll(async () => {
    await runner.stop();
    await indexing.stop();
    await embedded.stop();
    await receiver.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  serviceSuite((request) => app.fetch(request));
  practiceSuite((request) => app.fetch(request));
  explainSuite((request) => app.fetch(request));
  verifySuite((request) => app.fetch(request));
  traceLifeSuite((request) => app.fetch(request));
  recordingSuite((request) => app.fetch(request));
  catalogueSuite((request) => app.fetch(request));
  runSuite((request) => app.fetch(request));
  backgroundSuite(
    (request) => app.fetch(request),
    () => receiver.url,
  );
  idempotencySuite((request) => app.fetch(request));
});
