import { z } from '@hono/zod-openapi';
import { resultLink } from '../runs/run-messages.ts';
import type { RunState } from '../runs/run.ts';
import type { Call } from './api.ts';
import { runsOf } from './routes/suites.ts';
import { TraceId } from './schemas.ts';

/** A run as answers show it. */
export const RunSchema = z
  .object({
    id: TraceId.openapi({ description: 'The id of the run.' }),
    kind: z.enum(['suite', 'request']).openapi({ description: 'What it runs: a suite, or the answer to a request.' }),
    suite: z.string().optional(),
    version: z.number().int().optional(),
    ruleset: z.string().optional(),
    request: z.string().optional().openapi({ description: 'The path of the request.', example: '/v1/detect' }),
    engine: z.string(),
    state: z.enum(['running', 'done', 'failed', 'cancelled']).openapi({
      description: '`failed`: shards were given up, and all others are done. Tests that fail do not make a run fail.',
    }),
    round: z.number().int().openapi({ description: 'How often it was begun anew after it failed or was cancelled.' }),
    tests: z.number().int().optional(),
    shards: z.object({ total: z.number().int(), done: z.number().int(), failed: z.number().int() }),
    failures: z
      .array(z.object({ shard: z.number().int(), at: z.string(), tries: z.number().int(), reason: z.string() }))
      .openapi({ description: 'Why shards were given up.' }),
    deliveries: z
      .array(
        z.object({
          webhook: z.string(),
          state: z.enum(['pending', 'delivered', 'failed']),
          messages: z.number().int().optional().openapi({ description: 'Messages that were taken.' }),
          tries: z
            .array(z.object({ at: z.string(), status: z.number().optional(), error: z.string().optional() }))
            .optional()
            .openapi({ description: 'Of the last message.' }),
          reason: z.string().optional(),
        }),
      )
      .openapi({ description: 'Webhooks that are told of it.' }),
    createdAt: z.iso.datetime(),
    links: z.object({ self: z.string(), result: z.string().optional().openapi({ description: 'Once it is done.' }) }),
  })
  .openapi('Run');

/** A run as answers show it. Costs a request for each shard that failed and each webhook that was told. */
export async function shownRun(call: Call, state: RunState): Promise<object> {
  const { plan, missing, failed } = state;
  const runs = runsOf(call);
  const deliveries = (await runs.deliveries(state)).map(({ webhook, delivery }) => {
    if (delivery === undefined) return { webhook, state: 'pending' };
    const { state: end, messages, tries, reason } = delivery;
    return { webhook, state: end, messages, tries, reason };
  });
  return {
    id: plan.id,
    kind: plan.kind,
    ...(plan.kind === 'suite'
      ? { suite: plan.suite.name, version: plan.suite.version, ruleset: plan.ruleSet, tests: plan.tests }
      : { request: plan.request.path }),
    engine: plan.engine,
    state: state.state,
    round: state.round,
    shards: { total: plan.shards.length, done: plan.shards.length - missing.length, failed: failed.length },
    failures: await runs.failures(state),
    deliveries,
    createdAt: plan.createdAt,
    links: { self: `/v1/runs/${plan.id}`, ...(state.state === 'done' && { result: resultLink(plan) }) },
  };
}
