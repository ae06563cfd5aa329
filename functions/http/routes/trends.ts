import { z } from '@hono/zod-openapi';
import { MAX_TRACES_LISTED } from '../../../engine/model/limits.ts';
import { TrendStore } from '../../runs/trend-store.ts';
import { isName } from '../../store/keys.ts';
import { addRoute, tenantOf, type Api, type Call } from '../api.ts';
import { parse } from '../parse.ts';
import { REFUSALS, TraceId } from '../schemas.ts';
import { runsOf, unknownSuite } from './suites.ts';

const Query = z.object({ limit: z.coerce.number().int().min(1).max(MAX_TRACES_LISTED).default(50) });
const count = z.number().int();
const Trend = z
  .object({
    run: TraceId,
    createdAt: z.iso.datetime(),
    version: count.openapi({ description: 'Of the suite.' }),
    tests: count,
    passed: count,
    failed: count,
    errors: count,
    skipped: count,
  })
  .openapi('Trend');

/** `GET /v1/suites/{name}/runs`: how a suite fared over time. */
export function addTrendRoute(api: Api): void {
  addRoute(
    api,
    {
      method: 'get',
      path: '/v1/suites/{suite}/runs',
      tags: ['runs'],
      summary: 'Tell how a suite fared',
      description: 'Runs of the suite that are done, the latest first, with their counts.',
      request: { params: z.object({ suite: z.string() }), query: Query },
      responses: {
        200: {
          description: 'The runs.',
          content: { 'application/json': { schema: z.object({ runs: z.array(Trend) }) } },
        },
        ...REFUSALS,
      },
    },
    trends,
  );
}

async function trends(call: Call): Promise<Response> {
  const suite = call.req.param('suite') ?? '';
  const { limit } = parse(Query, call.req.query());
  const runs = isName(suite) ? await new TrendStore(call.get('store')(), tenantOf(call)).list(suite, limit) : [];
  if (runs.length === 0 && (!isName(suite) || (await runsOf(call).suite(suite).current()) === undefined)) {
    throw unknownSuite(suite.slice(0, 64));
  }
  return call.json({ runs });
}
