import { env, exports } from 'cloudflare:workers';
import { describe } from 'vitest';
import { catalogueSuite } from '../functions/http/catalogue-suite.ts';
import { recordingSuite } from '../functions/http/recording-suite.ts';
import { backgroundSuite } from '../functions/http/background-suite.ts';
import { idempotencySuite } from '../functions/http/idempotency-suite.ts';
import { runSuite } from '../functions/http/run-suite.ts';
import { practiceSuite } from '../functions/http/practice-suite.ts';
import { serviceSuite } from '../functions/http/service-suite.ts';
import { explainSuite } from '../functions/http/explain-suite.ts';
import { verifySuite } from '../functions/http/verify-suite.ts';
import { traceLifeSuite } from '../functions/http/trace-life-suite.ts';

describe('the service in workerd', () => {
  serviceSuite((request) => exports.default.fetch(request));
  practiceSuite((request) => exports.default.fetch(request));
  explainSuite((request) => exports.default.fetch(request));
  verifySuite((request) => exports.default.fetch(request));
  traceLifeSuite((request) => exports.default.fetch(request));
  recordingSuite((request) => exports.default.fetch(request));
  catalogueSuite((request) => exports.default.fetch(request));
  runSuite((request) => exports.default.fetch(request));
  backgroundSuite(
    (request) => exports.default.fetch(request),
    () => env.RECEIVER,
  );
  idempotencySuite((request) => exports.default.fetch(request));
});
