import { z } from '@hono/zod-openapi';
import { MAX_NAME_CHARS, MAX_RECORDING_SEGMENTS, MAX_SEGMENT_TOLD_CHARS } from '../../../engine/model/limits.ts';
import { isTraceId } from '../../store/keys.ts';
import { entryOf, type CatalogueEntry } from '../../store/catalogue.ts';
import { openManifest, RecordingStore, type RecordingRecord } from '../../store/recording-store.ts';
import { tenantOf, type Api, type Call } from '../api.ts';
import { routeGroup } from '../route-group.ts';
import { audited } from '../audited.ts';
import { readJson } from '../json-body.ts';
import { catalogueOf, presentTrace } from '../kept-trace.ts';
import { Refusal } from '../problem.ts';
import { refuseOthers } from '../recording-owner.ts';
import { LabelsSchema, TraceId, TraceSchema, jsonContent } from '../schemas.ts';
import { segmentDiffers, unknownRecording } from './recording-refusals.ts';
import { findTrace } from './traces.ts';
import { FILE_MEMBERS, shownUpload, UPLOAD_MEMBERS, uploadsOf } from './uploads.ts';

/** Numbers of missing segments that one answer lists. */
const MAX_MISSING_LISTED = 1_000;

const Sequence = z.number().int().min(1).max(MAX_RECORDING_SEGMENTS);
const NewRecording = z.strictObject({
  key: z.string().min(1).max(MAX_NAME_CHARS).openapi({
    description: 'Chosen by the recorder, another one for each recording: the same key is the same recording.',
    example: 'node-7 2026-01-05T09:00:00Z',
  }),
  name: z.string().min(1).max(MAX_NAME_CHARS).openapi({ example: 'node-7' }),
  encoding: z.enum(['scap', 'scap.gz']).default('scap.gz').openapi({ description: 'Of each segment.' }),
  labels: LabelsSchema.default({}),
});
const NewSegment = z.strictObject({
  sequence: Sequence.openapi({ description: 'The number of the segment; they count from 1.' }),
  ...FILE_MEMBERS,
  manifest: z
    .record(z.string(), z.unknown())
    .refine((told) => JSON.stringify(told).length <= MAX_SEGMENT_TOLD_CHARS, 'is too long')
    .optional()
    .openapi({ description: 'What the recorder tells of the segment, such as its gaps. Kept as it is.' }),
});
const Closing = z.strictObject({
  segments: Sequence.openapi({ description: 'The number of the last segment.' }),
  lost: z.array(Sequence).max(MAX_RECORDING_SEGMENTS).default([]).openapi({
    description: 'Numbers of segments that never come; each is a gap in the trace.',
  }),
});
const KeptList = z.array(z.object({ sequence: z.number().int(), size: z.number().int(), sha256: z.string() }));
const Recording = z
  .object({
    id: TraceId.openapi({ description: 'The id of the recording, and of the trace that it is.' }),
    name: z.string(),
    encoding: z.enum(['scap', 'scap.gz']),
    labels: LabelsSchema,
    state: z.enum(['open', 'closed']),
    createdAt: z.iso.datetime(),
    segments: KeptList.openapi({ description: 'Those that are kept.' }),
  })
  .openapi('Recording');
const SegmentUpload = z
  .object({ ...UPLOAD_MEMBERS, kept: z.boolean().openapi({ description: 'True when there is nothing to send.' }) })
  .openapi('SegmentUpload');
const params = z.object({ id: TraceId });
const BEGIN_EXAMPLE = { key: 'node-7 2026-01-05T09:00:00Z', name: 'node-7', labels: { workload: 'nginx' } };
const SEGMENT_EXAMPLE = {
  sequence: 1,
  size: 6_812_334,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
};
const CLOSE_EXAMPLE = { segments: 2, lost: [1, 2] };

/** `/v1/recordings`: long recordings, sent in segments while they go on; each is a trace from its first segment on. */
export function addRecordingRoutes(api: Api): void {
  const route = routeGroup(api, 'recordings', 'agent');
  route(
    'post',
    '/v1/recordings',
    {
      summary: 'Begin a recording',
      description:
        'For a recorder that goes on for long. It belongs to the token that it was begun with: another one with the scope `agent` alone is refused. Then for each segment, a capture with a snapshot of its own: announce it, send its parts as of any upload, complete the upload; at last close the recording.',
      request: { body: { required: true, ...jsonContent(NewRecording, BEGIN_EXAMPLE) } },
      responses: {
        201: { description: 'The recording.', ...jsonContent(Recording) },
        200: { description: 'It was begun before.', ...jsonContent(Recording) },
      },
    },
    begin,
  );
  route(
    'get',
    '/v1/recordings/{id}',
    {
      summary: 'Tell which segments are kept',
      request: { params },
      responses: { 200: { description: 'The recording.', ...jsonContent(Recording) } },
    },
    async (call) => call.json(await shown(call, await findRecording(call))),
  );
  route(
    'post',
    '/v1/recordings/{id}/segments',
    {
      summary: 'Announce a segment',
      description:
        'Answers the upload that takes it: ask for addresses of its parts, PUT them, complete it. Segments may come in any order.',
      request: { params, body: { required: true, ...jsonContent(NewSegment, SEGMENT_EXAMPLE) } },
      responses: {
        201: { description: 'The upload.', ...jsonContent(SegmentUpload) },
        200: { description: 'It was begun before, or the segment is kept.', ...jsonContent(SegmentUpload) },
      },
    },
    announce,
  );
  route(
    'post',
    '/v1/recordings/{id}/close',
    {
      summary: 'Close a recording',
      request: { params, body: { required: true, ...jsonContent(Closing, CLOSE_EXAMPLE) } },
      responses: { 200: { description: 'The trace.', ...jsonContent(TraceSchema) } },
    },
    close,
  );
}

async function begin(call: Call): Promise<Response> {
  const { key, ...about } = await readJson(call.req.raw, NewRecording);
  const createdAt = new Date(call.get('settings').now()).toISOString();
  await call.get('quota').take(call.get('store')(), tenantOf(call), { bytes: 0, traces: 1 });
  const token = call.get('caller')?.token;
  const owner = token === undefined ? {} : { token };
  const { recording, created } = await recordingsOf(call).begin(key, { ...about, createdAt, ...owner });
  refuseOthers(call, recording);
  if (created) await catalogueOf(call).add(entryOf(openManifest(recording, []), recording.labels));
  await audited(call, 'recording.begin', recording.id);
  return call.json(await shown(call, recording), created ? 201 : 200, { location: `/v1/recordings/${recording.id}` });
}

async function announce(call: Call): Promise<Response> {
  const { sequence, size, sha256, manifest } = await readJson(call.req.raw, NewSegment);
  const { id, token } = await findRecording(call);
  const kept = await recordingsOf(call).segment(id, sequence);
  if (kept !== undefined && kept.sha256 !== sha256) throw segmentDiffers(kept);
  if (kept === undefined && (await recordingsOf(call).isClosed(id))) {
    throw new Refusal('RECORDING_CLOSED', `the recording ${id} is closed`);
  }
  if (kept === undefined) {
    await call.get('quota').take(call.get('store')(), tenantOf(call), { bytes: size, traces: 0 });
  }
  const segment = { recording: id, sequence, size, sha256, ...(manifest === undefined ? {} : { told: manifest }) };
  const createdAt = new Date(call.get('settings').now()).toISOString();
  const { upload, created } = await uploadsOf(call).createSegment(segment, createdAt, token);
  const about = { ...(await shownUpload(call, upload)), kept: kept !== undefined };
  return call.json(about, created ? 201 : 200, { location: `/v1/uploads/${upload.id}` });
}

async function close(call: Call): Promise<Response> {
  const { segments, lost } = await readJson(call.req.raw, Closing);
  const recording = await findRecording(call);
  const done = await recordingsOf(call).close(recording, segments, lost);
  if ('missing' in done) {
    throw new Refusal('RECORDING_INCOMPLETE', `${done.missing.length} of ${segments} segments did not arrive`, {
      hint: 'send them, or say in `lost` that they never come',
      extra: { missing: done.missing.slice(0, MAX_MISSING_LISTED) },
    });
  }
  if (done.closed) await audited(call, 'recording.close', recording.id);
  const manifest = await findTrace(call, recording.id);
  const closed = (entry: CatalogueEntry): CatalogueEntry =>
    entry.state === 'open' ? entryOf(manifest, entry.labels) : entry;
  await catalogueOf(call).change(manifest, closed);
  return call.json(await presentTrace(call, manifest));
}

function recordingsOf(call: Call): RecordingStore {
  return new RecordingStore(call.get('store')(), tenantOf(call));
}

async function findRecording(call: Call): Promise<RecordingRecord> {
  const id = call.req.param('id') ?? '';
  const recording = isTraceId(id) ? await recordingsOf(call).find(id) : undefined;
  if (recording === undefined) throw unknownRecording(id);
  refuseOthers(call, recording);
  return recording;
}

async function shown(call: Call, { id, name, encoding, labels, createdAt }: RecordingRecord): Promise<object> {
  const recordings = recordingsOf(call);
  const kept = await recordings.kept(id);
  const state = (await recordings.isClosed(id)) ? 'closed' : 'open';
  const segments = kept.map(({ sequence, size, sha256 }) => ({ sequence, size, sha256 }));
  return { id, name, encoding, labels, state, createdAt, segments };
}
