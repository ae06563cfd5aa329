import { z } from '@hono/zod-openapi';
import { openWriter, type TargetEncoding } from '../../../engine/trace/trace-writer.ts';
import { feedSegments } from '../../store/feed-segments.ts';
import type { TraceEncoding, TraceManifest } from '../../store/trace-manifest.ts';
import { addRoute, tenantOf, type Api, type Call } from '../api.ts';
import { audited } from '../audited.ts';
import { parse } from '../parse.ts';
import { REFUSALS, TraceId } from '../schemas.ts';
import { findTrace, tracesOf } from './traces.ts';

const Query = z.object({
  as: z.enum(['stored', 'scap', 'jsonl', 'compat']).default('stored').openapi({
    description:
      'The bytes as they were sent; or the events in the layout of today, as a capture or as lines of JSON; or as a capture for old readers, such as the sysdig of Debian.',
  }),
});
const params = z.object({ id: TraceId });
const Bytes = z.string().openapi({ format: 'binary' });
const Gone = z.object({
  id: TraceId,
  sha256: z.string().openapi({ description: 'Of the bytes that are gone.' }),
  size: z.number().int(),
  deletedAt: z.iso.datetime(),
  objects: z.array(z.string()).openapi({ description: 'The objects of the trace that were deleted.' }),
});

/** `GET /v1/traces/{id}/content` and `DELETE /v1/traces/{id}`. */
export function addTraceContentRoutes(api: Api): void {
  addRoute(
    api,
    {
      method: 'get',
      path: '/v1/traces/{id}/content',
      tags: ['traces'],
      summary: 'Download a trace',
      request: { params, query: Query },
      responses: {
        200: { description: 'The trace.', content: { 'application/octet-stream': { schema: Bytes } } },
        ...REFUSALS,
      },
    },
    download,
  );
  addRoute(
    api,
    {
      method: 'delete',
      path: '/v1/traces/{id}',
      tags: ['traces'],
      summary: 'Delete a trace',
      description: 'Answers what was deleted, for the records of whoever had to have it deleted.',
      request: { params },
      responses: {
        200: { description: 'The trace is gone.', content: { 'application/json': { schema: Gone } } },
        ...REFUSALS,
      },
    },
    remove,
    'write',
  );
}

async function remove(call: Call): Promise<Response> {
  const { id, sha256, size } = await findTrace(call, call.req.param('id') ?? '');
  const objects = await tracesOf(call).delete(id);
  call.get('quota').forget(tenantOf(call));
  await audited(call, 'trace.delete', id);
  return call.json({ id, sha256, size, deletedAt: new Date(call.get('settings').now()).toISOString(), objects });
}

async function download(call: Call): Promise<Response> {
  const { as } = parse(Query, call.req.query());
  const manifest = await findTrace(call, call.req.param('id') ?? '');
  const traces = tracesOf(call);
  const chunks = as === 'stored' ? traces.read(manifest) : converted(traces.segments(manifest), as);
  const encoding = as === 'stored' ? manifest.encoding : as === 'jsonl' ? 'jsonl' : 'scap';
  return new Response(streamOf(chunks), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${fileName(manifest, encoding)}"`,
      ...(as === 'stored' ? { 'content-length': String(manifest.size), etag: tagOf(manifest) } : {}),
    },
  });
}

/** The events of a trace in another encoding, a chunk of the one for a chunk of the other. */
async function* converted(
  segments: Iterable<AsyncIterable<Uint8Array>>,
  to: TargetEncoding,
): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const writer = openWriter(to, (bytes) => void ready.push(bytes));
  for await (const _ of feedSegments(segments, writer)) {
    yield* ready;
    ready = [];
  }
  writer.end();
  yield* ready;
}

function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}

/** The hash of the bytes; of a recording, whose segments have one each, a name that is no hash of them. */
function tagOf({ sha256, recording }: TraceManifest): string {
  return recording === undefined ? `"${sha256}"` : `"segments-${sha256}"`;
}

/** A name that no header and no file system misreads. */
function fileName({ name, id }: TraceManifest, encoding: TraceEncoding): string {
  const stem = name.replace(/\.(scap|jsonl)(\.gz)?$/, '').replaceAll(/[^A-Za-z0-9._-]/g, '_');
  return `${stem === '' || stem.startsWith('.') ? id : stem}.${encoding}`;
}
