import { z } from '@hono/zod-openapi';
import { MAX_LABELS, MAX_TRACES_LISTED } from '../../../engine/model/limits.ts';
import { isPlace } from '../../store/catalogue.ts';
import { labelProblem } from '../../store/labels.ts';
import { addRoute, type Api, type Call } from '../api.ts';
import { audited } from '../audited.ts';
import { readJson } from '../json-body.ts';
import { catalogueOf, presentTrace, shownEntry } from '../kept-trace.ts';
import { parse } from '../parse.ts';
import { Refusal } from '../problem.ts';
import { REFUSALS, TraceId, TraceSchema, jsonContent } from '../schemas.ts';
import { FILTER_MEMBERS, traceFilter } from '../trace-filter.ts';
import { findTrace } from './traces.ts';

const Query = z.object({
  ...FILTER_MEMBERS,
  label: z
    .array(z.string())
    .optional()
    .openapi({
      description: 'A label that it has: `key=value`, or `key` for any value. As often as wanted; all must fit.',
      example: ['kind=attack', 'technique'],
    }),
  order: z.enum(['newest', 'oldest']).default('newest').openapi({ description: 'By the time at which it was kept.' }),
  after: z.string().refine(isPlace, 'is no `next` of a page').optional().openapi({
    description: 'Traces behind this place: the `next` of the page before.',
    example: '1767603600000-5f2b8c1d9e3a47608b1c2d3e4f506172',
  }),
  limit: z.coerce.number().int().min(1).max(MAX_TRACES_LISTED).default(50),
});
const Page = z
  .object({
    traces: z.array(TraceSchema),
    next: z.string().optional().openapi({
      description: 'Where the next page begins. There may be one also behind a page that is not full.',
    }),
  })
  .openapi('TracePage');
const Changes = z.strictObject({
  labels: z.record(z.string(), z.string().nullable()).openapi({
    description: 'Labels to set; null takes one away. Others stay.',
    example: { kind: 'attack', old: null },
  }),
});

/** `GET /v1/traces` and `PATCH /v1/traces/{id}`: what is known of traces, found and changed. */
export function addTraceListRoutes(api: Api): void {
  addRoute(
    api,
    {
      method: 'get',
      path: '/v1/traces',
      tags: ['traces'],
      summary: 'List traces',
      request: { query: Query },
      responses: { 200: { description: 'One page, in the order of time.', ...jsonContent(Page) }, ...REFUSALS },
    },
    list,
  );
  addRoute(
    api,
    {
      method: 'patch',
      path: '/v1/traces/{id}',
      tags: ['traces'],
      summary: 'Label a trace',
      description: 'Two who label the same trace at the same time both get their way, but for the same label.',
      request: {
        params: z.object({ id: TraceId }),
        body: {
          required: true,
          ...jsonContent(Changes, { labels: { kind: 'attack', technique: 'T1059.004', old: null } }),
        },
      },
      responses: { 200: { description: 'The trace.', ...jsonContent(TraceSchema) }, ...REFUSALS },
    },
    label,
    'write',
  );
}

async function list(call: Call): Promise<Response> {
  const { label: _, ...words } = call.req.query();
  const { order, after, limit, ...filter } = parse(Query, words);
  const matches = traceFilter(filter, call.req.queries('label') ?? []);
  const { entries, next } = await catalogueOf(call).page({ order, after, limit, matches }, call.get('settings').now());
  return call.json({ traces: entries.map(shownEntry), next });
}

async function label(call: Call): Promise<Response> {
  const { labels: changes } = await readJson(call.req.raw, Changes);
  const manifest = await findTrace(call, call.req.param('id') ?? '');
  await presentTrace(call, manifest);
  for (const [key, value] of Object.entries(changes)) {
    const problem = labelProblem(key, value ?? 'x');
    const isRemoved = value === null;
    if (problem !== undefined && !isRemoved) throw invalid(key, problem);
  }
  await catalogueOf(call).change(manifest, (entry) => {
    const labels = new Map(Object.entries(entry.labels));
    for (const [key, value] of Object.entries(changes)) {
      if (value === null) labels.delete(key);
      else labels.set(key, value);
    }
    if (labels.size > MAX_LABELS) throw invalid('', `a trace has ${MAX_LABELS} labels at most`);
    return { ...entry, labels: Object.fromEntries(labels) };
  });
  await audited(call, 'trace.label', manifest.id);
  return call.json(await presentTrace(call, manifest));
}

function invalid(key: string, message: string): Refusal {
  const pointer = `/labels/${key.slice(0, 64)}`;
  return new Refusal('INVALID_REQUEST', `${pointer}: ${message}`, { errors: [{ pointer, message }] });
}
