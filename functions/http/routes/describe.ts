import { z } from '@hono/zod-openapi';
import { describe, DESCRIBED, type Described } from '../../../engine/describe.ts';
import { addRoute, type Api } from '../api.ts';

const Fields = z.array(
  z
    .object({ usage: z.array(z.string()), type: z.string(), list: z.boolean(), description: z.string() })
    .loose()
    .openapi('FieldInfo'),
);
const Events = z.array(
  z
    .object({
      name: z.string(),
      syscall: z.boolean(),
      params: z.array(z.object({ name: z.string(), type: z.string(), values: z.array(z.string()) })),
    })
    .openapi('EventInfo'),
);
const Operators = z.array(
  z
    .object({
      word: z.string(),
      kind: z.enum(['operator', 'modifier', 'transformer']),
      takes: z.string().optional(),
      description: z.string(),
    })
    .openapi('OperatorInfo'),
);
const Lints = z.array(z.object({ code: z.string(), description: z.string() }).openapi('LintInfo'));
const SCHEMAS: Readonly<Record<Described, z.ZodType>> = {
  fields: Fields,
  events: Events,
  operators: Operators,
  lints: Lints,
};

/** `GET /v1/describe/{fields,events,operators,lints}`: the rule language as data. */
export function addDescribeRoutes(api: Api): void {
  for (const what of DESCRIBED) {
    addRoute(
      api,
      {
        method: 'get',
        path: `/v1/describe/${what}`,
        tags: ['language'],
        summary: `Describe ${what}`,
        responses: {
          200: { description: `All ${what}.`, content: { 'application/json': { schema: SCHEMAS[what] } } },
        },
      },
      async (call) => call.json(describe(what)),
    );
  }
}
