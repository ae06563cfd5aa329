import { z } from '@hono/zod-openapi';
import { Filtering, readQuery, type Query } from '../../../engine/filter.ts';
import {
  MAX_CAPTURE_BYTES,
  MAX_CONDITION_CHARS,
  MAX_EVENTS_LISTED,
  MAX_FILTER_FIELDS,
} from '../../../engine/model/limits.ts';
import { feedSegments } from '../../store/feed-segments.ts';
import type { TraceManifest } from '../../store/trace-manifest.ts';
import type { TraceIndex } from '../../traces/trace-index.ts';
import { answerFormat, NDJSON } from '../answer-format.ts';
import { answerRun, type Run } from '../answer.ts';
import { addRoute, type Api, type Call } from '../api.ts';
import { diagnosticJson } from '../diagnostic-json.ts';
import { eventJson } from '../event-json.ts';
import { FoundLines } from '../found-lines.ts';
import { TraceIndexSchema } from '../index-schemas.ts';
import { indexerOf, presentTrace } from '../kept-trace.ts';
import { parse } from '../parse.ts';
import { Refusal } from '../problem.ts';
import { readable } from '../run-input.ts';
import { Diagnostics } from '../run-schemas.ts';
import { REFUSALS, TraceId } from '../schemas.ts';
import { findTrace, tracesOf } from './traces.ts';

/** Shown of each event where nothing is asked for. */
const USUAL_FIELDS = 'evt.time,evt.type,container.id,proc.pid,proc.cmdline,evt.res,fd.name';

const EventQuery = z.object({
  filter: z.string().max(MAX_CONDITION_CHARS).default('evt.num > 0').openapi({
    description: 'A condition, as rules have them; all events without it.',
    example: 'evt.type = execve and container.id != host',
  }),
  fields: z.string().max(MAX_CONDITION_CHARS).default(USUAL_FIELDS).openapi({
    description: 'What to show of each event: fields, with commas between them.',
    example: 'evt.time,proc.cmdline',
  }),
  after: z.coerce.number().int().min(0).default(0).openapi({
    description: 'Events behind this `evt.num`: the `next` of the report before.',
  }),
  limit: z.coerce.number().int().min(1).max(MAX_EVENTS_LISTED).default(1_000),
});
const Found = z.looseObject({ 'evt.num': z.number().int() }).openapi('FilteredEvent');
const Report = z
  .object({
    events: z.number().int().openapi({ description: 'Events that are listed.' }),
    next: z.number().int().optional().openapi({ description: 'What to give as `after` for those behind them.' }),
    diagnostics: Diagnostics,
  })
  .openapi('EventsReport');
const params = z.object({ id: TraceId });

/** `GET /v1/traces/{id}/events` and `GET /v1/traces/{id}/index`: what is in a trace. */
export function addTraceEventRoutes(api: Api): void {
  addRoute(
    api,
    {
      method: 'get',
      path: '/v1/traces/{id}/events',
      tags: ['traces'],
      summary: 'List events of a trace',
      description:
        'Through the same engine as rules, so fields know what came before. A page that begins in a later segment of a recording reads nothing of those before it.',
      request: { params, query: EventQuery },
      responses: {
        200: {
          description: 'The events.',
          content: {
            'application/json': { schema: z.object({ events: z.array(Found), report: Report }) },
            [NDJSON]: { schema: Found.openapi({ description: 'One a line, then `{"report": ...}`.' }) },
          },
        },
        ...REFUSALS,
      },
    },
    events,
  );
  addRoute(
    api,
    {
      method: 'get',
      path: '/v1/traces/{id}/index',
      tags: ['traces'],
      summary: 'Tell what a trace holds',
      request: { params },
      responses: {
        200: { description: 'Its index.', content: { 'application/json': { schema: TraceIndexSchema } } },
        ...REFUSALS,
      },
    },
    showIndex,
  );
}

async function showIndex(call: Call): Promise<Response> {
  const manifest = await findTrace(call, call.req.param('id') ?? '');
  const index = await indexerOf(call).index(manifest.id);
  if (index !== undefined) return call.json(index);
  // Whoever asks is also what has a lost segment read.
  await presentTrace(call, manifest);
  const why = manifest.recording?.open === true ? 'the recording goes on' : 'the trace is being read';
  throw new Refusal('TRACE_NOT_INDEXED', why, { headers: { 'retry-after': '1' } });
}

async function events(call: Call): Promise<Response> {
  const { filter, fields, after, limit } = parse(EventQuery, call.req.query());
  const wanted = fields.split(',').map((field) => field.trim());
  if (wanted.length > MAX_FILTER_FIELDS) {
    throw new Refusal('INVALID_REQUEST', `/fields: at most ${MAX_FILTER_FIELDS} are shown`);
  }
  const { query, diagnostics } = readQuery(filter, wanted);
  if (query === undefined) {
    throw new Refusal('CONDITION_REFUSED', diagnostics[0]?.message ?? 'the condition has errors', { diagnostics });
  }
  const manifest = await findTrace(call, call.req.param('id') ?? '');
  const index = after === 0 || manifest.segments.length < 2 ? undefined : await indexerOf(call).index(manifest.id);
  const { segments, eventsBefore } = from(manifest, index, after);
  const source = { segments: tracesOf(call).segments({ ...manifest, segments }), eventsBefore };
  const format = answerFormat(call, { list: 'events', entry: 'event' }, Infinity);
  return answerRun(call, format, run(query, source, after, limit));
}

/** The segments that may hold an event behind a number, and how many events those before them have. */
function from(
  { segments }: TraceManifest,
  index: TraceIndex | undefined,
  after: number,
): { readonly segments: TraceManifest['segments']; readonly eventsBefore: number } {
  const first = index?.segments.findLast(({ firstEvent }) => firstEvent <= after + 1);
  if (first === undefined) return { segments, eventsBefore: 0 };
  return {
    segments: segments.filter(({ sequence }) => sequence >= first.sequence),
    eventsBefore: first.firstEvent - 1,
  };
}

async function* run(
  query: Query,
  source: { readonly segments: Iterable<AsyncIterable<Uint8Array>>; readonly eventsBefore: number },
  after: number,
  limit: number,
): Run {
  const found = new FoundLines();
  let count = 0;
  let last = after;
  let isMore = false;
  const filtering = new Filtering(query, {
    onEvent(event) {
      if (event.number <= after) return;
      isMore = count === limit;
      if (isMore) return;
      count++;
      last = event.number;
      found.add(eventJson(event));
    },
  });
  const { segments, eventsBefore } = source;
  const options = { wants: filtering.wants, maxBytes: MAX_CAPTURE_BYTES, eventsBefore };
  const feeding = feedSegments(segments, filtering, options);
  const report = (diagnostics: readonly object[]): string =>
    JSON.stringify({ events: count, next: isMore ? last : undefined, diagnostics });
  try {
    for (;;) {
      const { value, done } = await feeding.next();
      yield found.take();
      if (isMore) return report([]);
      if (done === true) return report(readable(value).map(diagnosticJson));
    }
  } finally {
    await feeding.return({ events: 0, diagnostics: [] });
  }
}
