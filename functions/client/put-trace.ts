import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Labels } from '../store/labels.ts';
import { sendParts, type PartSource } from './send-parts.ts';
import type { Trace } from './service-api.ts';
import { ServiceError, type ServiceClient } from './service-client.ts';

/** Files up to this size go in one request. */
const ONE_REQUEST_BYTES = 8 * 1024 * 1024;
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
  return (await sendParts(client, fileSource(file, size), upload, options)) as Trace;
}

/** A file as what is sent in parts. */
export function fileSource(file: FileHandle, size: number): PartSource {
  return { size, read: (from, length) => readAt(file, from, length) };
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
