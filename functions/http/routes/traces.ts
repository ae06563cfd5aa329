import { z } from '@hono/zod-openapi';
import { MAX_CAPTURE_BODY_BYTES, MAX_LABELS, MAX_NAME_CHARS } from '../../../engine/model/limits.ts';
import { isTraceId } from '../../store/keys.ts';
import { labelOf, labelProblem, type Labels } from '../../store/labels.ts';
import { TraceStore } from '../../store/trace-store.ts';
import type { TraceManifest } from '../../store/trace-manifest.ts';
import { addRoute, tenantOf, type Api, type Call } from '../api.ts';
import type { Capture } from '../capture.ts';
import { readForm } from '../form.ts';
import { audited } from '../audited.ts';
import { presentTrace, registered } from '../kept-trace.ts';
import { parse } from '../parse.ts';
import { Refusal } from '../problem.ts';
import { bodyOf, mediaTypeOf } from '../request-body.ts';
import { REFUSALS, TraceId, TraceSchema } from '../schemas.ts';

const FORM_OVERHEAD_BYTES = 64 * 1024;

const UploadQuery = z.object({
  name: z
    .string()
    .min(1)
    .max(MAX_NAME_CHARS)
    .optional()
    .openapi({ description: 'What to call it.', example: 'node-7.scap.gz' }),
  label: z
    .array(z.string())
    .optional()
    .openapi({ description: 'What it is labelled with: `key=value`, as often as wanted.', example: ['kind=attack'] }),
});
const Bytes = z.string().openapi({ format: 'binary' });
const ONE = { content: { 'application/json': { schema: TraceSchema } } };

/** `POST /v1/traces` and `GET /v1/traces/{id}`: recordings that are kept. */
export function addTraceRoutes(api: Api): void {
  addRoute(
    api,
    {
      method: 'post',
      path: '/v1/traces',
      tags: ['traces'],
      summary: 'Keep a trace',
      description:
        'Takes a scap or jsonl trace, gzipped or not, as the body or as the file `trace` of a form, and keeps the bytes as they are. The same bytes under the same name give the same trace, so an upload may be retried.',
      request: {
        query: UploadQuery,
        body: {
          required: true,
          content: {
            'application/octet-stream': { schema: Bytes },
            'multipart/form-data': { schema: z.object({ trace: Bytes }) },
          },
        },
      },
      responses: {
        201: { description: 'The trace is kept.', ...ONE },
        200: { description: 'It was kept before.', ...ONE },
        ...REFUSALS,
      },
    },
    upload,
    'agent',
  );
  addRoute(
    api,
    {
      method: 'get',
      path: '/v1/traces/{id}',
      tags: ['traces'],
      summary: 'Describe a trace',
      request: { params: z.object({ id: TraceId }) },
      responses: { 200: { description: 'The trace.', ...ONE }, ...REFUSALS },
    },
    async (call) => call.json(await presentTrace(call, await findTrace(call, call.req.param('id') ?? ''))),
  );
}

/** The traces that a request may see. */
export function tracesOf(call: Call): TraceStore {
  return new TraceStore(call.get('store')(), tenantOf(call));
}

/** The manifest of a trace; refuses an id that isn't known. */
export async function findTrace(call: Call, id: string): Promise<TraceManifest> {
  const manifest = isTraceId(id) ? await tracesOf(call).find(id) : undefined;
  if (manifest !== undefined) return manifest;
  throw new Refusal('UNKNOWN_TRACE', `there is no trace ${id.slice(0, 64)}`, {
    hint: 'GET /v1/traces lists those that are kept',
  });
}

async function upload(call: Call): Promise<Response> {
  const { label: _, ...words } = call.req.query();
  const query = parse(UploadQuery, words);
  const labels = labelsOf(call.req.queries('label') ?? []);
  const told = Number(call.req.header('content-length') ?? 0);
  await call.get('quota').take(call.get('store')(), tenantOf(call), { bytes: told, traces: 1 });
  const { name, chunks } = await captureOf(call.req.raw);
  const createdAt = new Date(call.get('settings').now()).toISOString();
  const stored = await tracesOf(call).create({ name: query.name ?? name, chunks, createdAt });
  if ('refused' in stored) {
    throw new Refusal('TRACE_REFUSED', stored.refused.message, { diagnostics: [stored.refused] });
  }
  const { manifest, created } = stored;
  if (told === 0) call.get('quota').count(tenantOf(call), manifest.size);
  await audited(call, 'trace.create', manifest.id);
  return call.json(await registered(call, manifest, labels), created ? 201 : 200, {
    location: `/v1/traces/${manifest.id}`,
  });
}

/** Labels of a query: `label=key=value`, as often as wanted. */
function labelsOf(texts: readonly string[]): Labels {
  const pairs = texts.map((text) => {
    const pair = labelOf(text);
    const problem = pair === undefined ? 'is no label: key=value' : labelProblem(...pair);
    if (pair !== undefined && problem === undefined) return pair;
    throw new Refusal('INVALID_REQUEST', `/label: ${problem}`, {
      errors: [{ pointer: '/label', message: problem ?? '' }],
    });
  });
  if (pairs.length > MAX_LABELS) throw new Refusal('INVALID_REQUEST', `a trace has ${MAX_LABELS} labels at most`);
  return Object.fromEntries(pairs);
}

/** The body itself, or the file `trace` of a form. */
async function captureOf(request: Request): Promise<Pick<Capture, 'name' | 'chunks'>> {
  const type = mediaTypeOf(request);
  if (type === 'multipart/form-data') {
    const shape = { lists: [], files: [], capture: 'trace', maxBytes: MAX_CAPTURE_BODY_BYTES + FORM_OVERHEAD_BYTES };
    const { capture } = await readForm(request, shape);
    if (capture !== undefined) return capture;
    throw new Refusal('INVALID_REQUEST', 'the form has no file named trace', {
      errors: [{ pointer: 'trace', message: 'is missing' }],
    });
  }
  if (type === 'application/x-www-form-urlencoded') {
    throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'the body says that it is a web form', {
      hint: "curl says so with --data-binary: use curl -T FILE -X POST, or add -H 'content-type: application/octet-stream'",
    });
  }
  return { name: 'trace', chunks: bodyOf(request, MAX_CAPTURE_BODY_BYTES) };
}
