import { z } from '@hono/zod-openapi';
import { MAX_NAME_CHARS, MAX_UPLOAD_BYTES } from '../../../engine/model/limits.ts';
import { isTraceId } from '../../store/keys.ts';
import { piecesOf } from '../../store/pieces.ts';
import { PART_BYTES } from '../../store/upload-in-parts.ts';
import type { AnnouncedSegment } from '../../store/recording-store.ts';
import { PART_ADDRESS_SECONDS, UploadStore, type Missing, type UploadRecord } from '../../store/upload-store.ts';
import type { NotKept } from '../../store/verified-copy.ts';
import { tenantOf, type Api, type Call } from '../api.ts';
import { routeGroup } from '../route-group.ts';
import { audited } from '../audited.ts';
import { readJson } from '../json-body.ts';
import { registered } from '../kept-trace.ts';
import { parse } from '../parse.ts';
import { Refusal } from '../problem.ts';
import { bodyOf } from '../request-body.ts';
import { refuseOthers } from '../recording-owner.ts';
import { LabelsSchema, TraceId, TraceSchema, jsonContent } from '../schemas.ts';
import { segmentDiffers, unknownRecording } from './recording-refusals.ts';
import { tracesOf } from './traces.ts';

/** Addresses that are made in one request. */
const MAX_ADDRESSES = 100;

/** What is told of a file before it is sent. */
export const FILE_MEMBERS = {
  size: z.number().int().min(1).max(MAX_UPLOAD_BYTES).openapi({ description: 'Bytes of the whole file.' }),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'is no SHA-256: 64 hexadecimal digits')
    .openapi({ description: 'Of the whole file. What arrives must have it.' }),
};
const NewUpload = z.strictObject({
  name: z.string().min(1).max(MAX_NAME_CHARS).default('trace').openapi({ description: 'What to call the trace.' }),
  ...FILE_MEMBERS,
  labels: LabelsSchema.default({}),
});
const WantedParts = z.strictObject({
  parts: z.array(z.number().int().min(1)).min(1).max(MAX_ADDRESSES),
});
/** How an upload is sent, and what of it arrived. */
export const UPLOAD_MEMBERS = {
  id: TraceId.openapi({ description: 'The id of the upload.' }),
  size: z.number().int(),
  sha256: z.string(),
  partSize: z.number().int().openapi({ description: 'Bytes of every part but the last.' }),
  parts: z.number().int().openapi({ description: 'How many parts there are; they count from 1.' }),
  arrived: z.array(z.object({ number: z.number().int(), size: z.number().int() })),
};
const Upload = z
  .object({
    ...UPLOAD_MEMBERS,
    name: z.string(),
    createdAt: z.iso.datetime(),
    trace: TraceId.optional().openapi({ description: 'The trace that it became, once it is completed.' }),
  })
  .openapi('Upload');
const SegmentKept = z
  .object({ recording: TraceId, sequence: z.number().int(), size: z.number().int(), sha256: z.string() })
  .openapi('SegmentKept', { description: 'A segment of a recording, where the upload was one.' });
const Kept = z.union([TraceSchema, SegmentKept]);
const Addresses = z.object({
  parts: z.array(z.object({ number: z.number().int(), url: z.string() })),
  expiresIn: z.number().int().openapi({ description: 'Seconds for which the addresses are good.' }),
});
const params = z.object({ id: TraceId });
const PartOfUpload = params.extend({ number: z.coerce.number().int().min(1).openapi({ description: 'From 1.' }) });
const UPLOAD_EXAMPLE = {
  name: 'node-7.scap.gz',
  size: 20_971_520,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  labels: { kind: 'benign', workload: 'nginx' },
};

/** `/v1/uploads`: large recordings, sent in parts straight to S3; each part may be sent again, by whoever goes on. */
export function addUploadRoutes(api: Api): void {
  const route = routeGroup(api, 'uploads', 'agent');
  route(
    'post',
    '/v1/uploads',
    {
      summary: 'Begin an upload in parts',
      description:
        'For recordings that are too large for one request, or a network that breaks. Then: ask for addresses of parts, PUT each part to its address, complete. Until it is completed an upload can be gone on with by anyone who has its id.',
      request: { body: { required: true, ...jsonContent(NewUpload, UPLOAD_EXAMPLE) } },
      responses: { 201: { description: 'The upload.', ...jsonContent(Upload) } },
    },
    begin,
  );
  route(
    'get',
    '/v1/uploads/{id}',
    {
      summary: 'Tell which parts arrived',
      request: { params },
      responses: { 200: { description: 'The upload.', ...jsonContent(Upload) } },
    },
    async (call) => call.json(await shown(call, await findUpload(call))),
  );
  route(
    'post',
    '/v1/uploads/{id}/parts',
    {
      summary: 'Ask for addresses of parts',
      description: 'An address takes one PUT of one part and is good for a while; ask again for those that are not.',
      request: { params, body: { required: true, ...jsonContent(WantedParts, { parts: [1, 2, 3] }) } },
      responses: { 200: { description: 'The addresses.', ...jsonContent(Addresses) } },
    },
    addresses,
  );
  route(
    'put',
    '/v1/uploads/{id}/parts/{number}',
    {
      summary: 'Send a part through the service',
      description:
        'For those who can not reach the store by its own addresses, such as a page in a browser. A part that arrived before stays.',
      request: {
        params: PartOfUpload,
        body: {
          required: true,
          content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
        },
      },
      responses: { 204: { description: 'It arrived.' } },
    },
    takePart,
  );
  route(
    'post',
    '/v1/uploads/{id}/complete',
    {
      summary: 'Make a trace of the parts',
      description: 'May be called again whenever the answer was lost.',
      request: { params },
      responses: {
        201: { description: 'The trace, or the segment, is kept.', ...jsonContent(Kept) },
        200: { description: 'It was kept before.', ...jsonContent(Kept) },
      },
    },
    complete,
  );
  route(
    'delete',
    '/v1/uploads/{id}',
    { summary: 'Give an upload up', request: { params }, responses: { 204: { description: 'It is gone.' } } },
    async (call) => {
      const upload = await findUpload(call);
      await uploadsOf(call).abort(upload);
      await audited(call, 'upload.abort', upload.id);
      return new Response(null, { status: 204 });
    },
  );
}

async function begin(call: Call): Promise<Response> {
  const createdAt = new Date(call.get('settings').now()).toISOString();
  const about = await readJson(call.req.raw, NewUpload);
  await call.get('quota').take(call.get('store')(), tenantOf(call), { bytes: about.size, traces: 1 });
  const upload = await uploadsOf(call).create({ ...about, createdAt });
  await audited(call, 'upload.create', upload.id);
  return call.json(await shown(call, upload), 201, { location: `/v1/uploads/${upload.id}` });
}

async function addresses(call: Call): Promise<Response> {
  const { parts } = await readJson(call.req.raw, WantedParts);
  const upload = await findUpload(call);
  const beyond = parts.find((part) => part > partsOf(upload));
  if (beyond !== undefined) throw noPart(upload, beyond, '/parts');
  const urls = await uploadsOf(call).addresses(upload, parts);
  return call.json({
    parts: parts.map((number, i) => ({ number, url: urls[i] })),
    expiresIn: PART_ADDRESS_SECONDS,
  });
}

async function takePart(call: Call): Promise<Response> {
  const upload = await findUpload(call);
  const { number } = parse(PartOfUpload, call.req.param());
  if (number > partsOf(upload)) throw noPart(upload, number, '/number');
  let bytes: Uint8Array = new Uint8Array();
  for await (const whole of piecesOf(bodyOf(call.req.raw, PART_BYTES), PART_BYTES)) bytes = whole;
  const expected = Math.min(PART_BYTES, upload.size - (number - 1) * PART_BYTES);
  if (bytes.length !== expected) {
    const message = `part ${number} has ${expected} bytes, not ${bytes.length}`;
    throw new Refusal('INVALID_REQUEST', message, { errors: [{ pointer: '', message }] });
  }
  await uploadsOf(call).putPart(upload, number, bytes);
  return new Response(null, { status: 204 });
}

async function complete(call: Call): Promise<Response> {
  const upload = await findUpload(call);
  if (upload.segment !== undefined) return completeSegment(call, upload, upload.segment);
  const done = taken(await uploadsOf(call).complete(upload, partsOf(upload)), upload);
  const { manifest, created } = done;
  await audited(call, 'trace.create', manifest.id);
  return call.json(await registered(call, manifest, upload.labels ?? {}), created ? 201 : 200, {
    location: `/v1/traces/${manifest.id}`,
  });
}

async function completeSegment(call: Call, upload: UploadRecord, segment: AnnouncedSegment): Promise<Response> {
  const { recording, sequence, size, sha256 } = segment;
  const done = taken(await uploadsOf(call).completeSegment(upload, segment, partsOf(upload)), upload);
  if (done === 'unknown') throw unknownRecording(recording);
  if (done === 'closed') throw new Refusal('RECORDING_CLOSED', `the recording ${recording} is closed`);
  if ('taken' in done) throw segmentDiffers(done.taken);
  await audited(call, 'segment.create', `${recording}/${sequence}`);
  // A segment is read as soon as it is there: a long recording is indexed when it ends, not long after.
  await call.get('settings').indexing?.([{ tenant: tenantOf(call), trace: recording, segment: sequence }]);
  return call.json({ recording, sequence, size, sha256 }, done.created ? 201 : 200);
}

/** What was completed; refuses what did not arrive, or is not what was announced. */
function taken<T>(done: T | Missing | NotKept, upload: UploadRecord): Exclude<T, Missing | NotKept> {
  if (typeof done !== 'object' || done === null) return done as never;
  if ('missing' in done) {
    throw new Refusal('UPLOAD_INCOMPLETE', `${done.missing.length} of ${partsOf(upload)} parts did not arrive`, {
      hint: 'ask for their addresses, PUT them, complete again',
      extra: { missing: done.missing.slice(0, MAX_ADDRESSES) },
    });
  }
  if ('differs' in done) {
    const { size, sha256 } = done.differs;
    throw new Refusal('UPLOAD_DIFFERS', `${size} bytes with the SHA-256 ${sha256} arrived, not what was announced`, {
      hint: 'the upload is given up; begin a new one',
    });
  }
  if ('refused' in done) throw new Refusal('TRACE_REFUSED', done.refused.message, { diagnostics: [done.refused] });
  return done as never;
}

/** The uploads that a request may see. */
export function uploadsOf(call: Call): UploadStore {
  return new UploadStore(call.get('store')(), tenantOf(call), tracesOf(call));
}

async function findUpload(call: Call): Promise<UploadRecord> {
  const id = call.req.param('id') ?? '';
  const upload = isTraceId(id) ? await uploadsOf(call).find(id) : undefined;
  if (upload?.segment !== undefined) refuseOthers(call, { id: upload.segment.recording, token: upload.token });
  if (upload !== undefined) return upload;
  throw new Refusal('UNKNOWN_UPLOAD', `there is no upload ${id.slice(0, 64)}`, {
    hint: 'it was given up, became a trace a week ago or more, or was never begun',
  });
}

async function shown(call: Call, upload: UploadRecord): Promise<object> {
  const { name, createdAt } = upload;
  const trace = await uploadsOf(call).traceOf(upload);
  return { name, createdAt, trace, ...(await shownUpload(call, upload)) };
}

/** How an upload is sent, and what of it arrived. */
export async function shownUpload(call: Call, upload: UploadRecord): Promise<object> {
  const { id, size, sha256 } = upload;
  const arrived = (await uploadsOf(call).arrived(upload)).map((part) => ({ number: part.number, size: part.size }));
  return { id, size, sha256, partSize: PART_BYTES, parts: partsOf(upload), arrived };
}

function noPart(upload: UploadRecord, number: number, pointer: string): Refusal {
  return new Refusal('INVALID_REQUEST', `there is no part ${number}`, {
    errors: [{ pointer, message: `the upload has ${partsOf(upload)} parts` }],
  });
}

function partsOf({ size }: UploadRecord): number {
  return Math.ceil(size / PART_BYTES);
}
