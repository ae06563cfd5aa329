import { z } from '@hono/zod-openapi';
import { policyOf } from '../../store/policy.ts';
import { usageOf } from '../../store/usage.ts';
import { addRoute, tenantOf, type Api, type Call } from '../api.ts';
import { audited } from '../audited.ts';
import { readJson } from '../json-body.ts';
import { REFUSALS } from '../schemas.ts';

const Count = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const POLICY = {
  maxAgeDays: Count.max(36_500).optional().openapi({ description: 'Older traces are deleted.', example: 90 }),
  maxBytes: Count.optional().openapi({
    description: 'The oldest traces are deleted until the others have so many bytes together.',
    example: 107_374_182_400,
  }),
  quotaBytes: Count.optional().openapi({ description: 'Beyond it no more is taken: `QUOTA_BYTES`.' }),
  quotaTraces: Count.optional().openapi({ description: 'Beyond it no more are taken: `QUOTA_TRACES`.' }),
};
const Body = z.strictObject(POLICY);
const EXAMPLE = { maxAgeDays: 90, maxBytes: 107_374_182_400, quotaTraces: 50_000 };
const Answer = z
  .object({
    ...POLICY,
    version: z.number().int().openapi({ description: '0 where none was ever set.' }),
    usage: z.object({ traces: z.number().int(), bytes: z.number().int() }),
  })
  .openapi('Policy');
const ONE = { description: 'The policy, and what is kept now.', content: { 'application/json': { schema: Answer } } };

/** `/v1/policy`: how long a tenant's traces are kept, and how many. */
export function addPolicyRoutes(api: Api): void {
  addRoute(
    api,
    {
      method: 'get',
      path: '/v1/policy',
      tags: ['traces'],
      summary: 'Tell how long traces are kept, and how many',
      responses: { 200: ONE, ...REFUSALS },
    },
    async (call) => call.json(await shown(call)),
  );
  addRoute(
    api,
    {
      method: 'put',
      path: '/v1/policy',
      tags: ['traces'],
      summary: 'Set how long traces are kept, and how many',
      description:
        'For the tenant of the token. A trace that the current version of a suite names is not deleted by it, nor a recording that goes on. It is applied by the sweep: once an hour, on Workers once a day.',
      request: { body: { required: true, content: { 'application/json': { schema: Body, example: EXAMPLE } } } },
      responses: { 200: ONE, ...REFUSALS },
    },
    set,
    'admin',
  );
}

async function set(call: Call): Promise<Response> {
  const policy = await readJson(call.req.raw, Body);
  await policyOf(call.get('store')(), tenantOf(call)).append(policy);
  call.get('quota').forget(tenantOf(call));
  await audited(call, 'policy.set', tenantOf(call));
  return call.json(await shown(call));
}

async function shown(call: Call): Promise<object> {
  const [objects, tenant] = [call.get('store')(), tenantOf(call)];
  const current = await policyOf(objects, tenant).current();
  const usage = await usageOf(objects, tenant, call.get('settings').now());
  return { ...current?.value, version: current?.version ?? 0, usage };
}
