import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Labels } from '../store/labels.ts';
import type { SegmentUpload, Trace, Upload } from './service-api.ts';
import type { Answer } from './service-routes.ts';
import { ServiceError, type ServiceClient } from './service-client.ts';

/** Files up to this size go in one request. */
const ONE_REQUEST_BYTES = 8 * 1024 * 1024;
/** Parts that are on their way at a time; each is held in memory. */
const PARTS_AT_ONCE = 4;
/** Times that parts which did not arrive are sent again. */
const MOST_ROUNDS = 5;
const READ_BYTES = 1024 * 1024;

/** How a file is sent. */
export interface PutOptions {
  readonly name: string;
  readonly labels?: Labels;
  /** An upload that was begun before, to go on with. */
  readonly resume?: string | undefined;
  /** Told when an upload in parts has begun: with this id it can be gone on with. */
  onUpload?(id: string): void;
  /** Told how many bytes the service has by now. */
  onProgress?(bytes: number): void;
}

/** Sends a file to a service as a trace; throws ServiceError where the service does not take it. */
export async function putTrace(client: ServiceClient, file: FileHandle, options: PutOptions): Promise<Trace> {
  const { name, labels = {} } = options;
  const { size } = await file.stat();
  if (size <= ONE_REQUEST_BYTES && options.resume === undefined) {
    const bytes = await readAt(file, 0, size);
    const label = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    return client.call('POST /v1/traces', { query: { name, label }, bytes });
  }
  const sha256 = await hashOf(file, size);
  const upload =
    options.resume === undefined
      ? await client.call('POST /v1/uploads', { body: { name, size, sha256, labels } })
      : await client.call('GET /v1/uploads/{id}', { params: { id: options.resume } });
  if (upload.sha256 !== sha256) throw new ServiceError(`the upload ${upload.id} is of another file`);
  options.onUpload?.(upload.id);
  return (await sendParts(client, file, upload, size, options)) as Trace;
}

/** Sends the parts of a file that the service lacks, until it has them all; answers what the service keeps. */
export async function sendParts(
  client: ServiceClient,
  file: FileHandle,
  upload: Upload | SegmentUpload,
  size: number,
  { onProgress }: Pick<PutOptions, 'onProgress'>,
): Promise<Answer<'POST /v1/uploads/{id}/complete'>> {
  const { id, partSize } = upload;
  const here = new Set(upload.arrived.map(({ number }) => number));
  let missing = Array.from({ length: upload.parts }, (_, i) => i + 1).filter((number) => !here.has(number));
  for (let round = 1; ; round++) {
    for (let at = 0; at < missing.length; at += PARTS_AT_ONCE) {
      onProgress?.(Math.min(size, (upload.parts - missing.length + at) * partSize));
      await sendSome(client, file, { id, partSize, size }, missing.slice(at, at + PARTS_AT_ONCE));
    }
    onProgress?.(size);
    try {
      return await client.call('POST /v1/uploads/{id}/complete', { params: { id } });
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'UPLOAD_INCOMPLETE' || round === MOST_ROUNDS) throw error;
      missing = [...(error.body['missing'] as number[])];
    }
  }
}

/** Sends a few parts at a time. An address that is no longer good shows as a part that is missing at the end. */
async function sendSome(
  client: ServiceClient,
  file: FileHandle,
  { id, partSize, size }: { readonly id: string; readonly partSize: number; readonly size: number },
  parts: readonly number[],
): Promise<void> {
  const asked = await client.call('POST /v1/uploads/{id}/parts', { params: { id }, body: { parts } });
  await Promise.all(
    asked.parts.map(async ({ number, url }) => {
      const from = (number - 1) * partSize;
      const body = await readAt(file, from, Math.min(partSize, size - from));
      const answer = await client.send(url, { method: 'PUT', body });
      await answer.body?.cancel();
    }),
  );
}

async function hashOf(file: FileHandle, size: number): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < size; at += READ_BYTES) hash.update(await readAt(file, at, Math.min(READ_BYTES, size - at)));
  return hash.digest('hex');
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const { bytesRead } = await file.read(bytes, at, length - at, position + at);
    if (bytesRead === 0) throw new ServiceError('the file became shorter while it was sent');
    at += bytesRead;
  }
  return bytes;
}
