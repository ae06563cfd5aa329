import { sendParts, type PartSource } from '../../../client/send-parts.ts';
import type { Upload } from '../../../client/service-api.ts';
import { ServiceClient, ServiceError } from '../../../client/service-client.ts';
import { token } from '../service/ask.ts';
import { begunUpload, rememberUpload } from './begun-uploads.ts';
import { hashFile } from './hash-file.ts';
import type { OnProgress } from './upload.ts';

/** Codes after which an upload can't be gone on with. */
const LOST = ['UNKNOWN_UPLOAD', 'UPLOAD_DIFFERS', 'TRACE_REFUSED'];

/**
 * Sends a large file in parts. Parts that fail are sent again; an upload that broke is gone on with when the same file is
 * given again, also after the page was closed.
 */
export async function uploadInParts(
  file: File,
  labels: Readonly<Record<string, string>>,
  onProgress: OnProgress,
  cancel: AbortSignal,
): Promise<void> {
  const client = new ServiceClient(new URL(location.origin), token.peek(), undefined, cancel);
  const upload = (await before(client, file)) ?? (await begin(client, file, labels, onProgress, cancel));
  rememberUpload(file, upload.id);
  const source: PartSource = {
    size: file.size,
    read: async (from, length) => new Uint8Array(await file.slice(from, from + length).arrayBuffer()),
  };
  try {
    await sendParts(client, source, upload, { by: 'service', onProgress: (bytes) => onProgress('sent', bytes) });
    rememberUpload(file, undefined);
  } catch (error) {
    if (error instanceof ServiceError && LOST.includes(error.code ?? '')) rememberUpload(file, undefined);
    throw error;
  }
}

/** The upload that was begun before, as far as it came. */
async function before(client: ServiceClient, file: File): Promise<Upload | undefined> {
  const id = begunUpload(file);
  if (id === undefined) return undefined;
  try {
    const upload = await client.call('GET /v1/uploads/{id}', { params: { id } });
    return upload.size === file.size && upload.trace === undefined ? upload : undefined;
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'UNKNOWN_UPLOAD') return undefined;
    throw error;
  }
}

async function begin(
  client: ServiceClient,
  file: File,
  labels: Readonly<Record<string, string>>,
  onProgress: OnProgress,
  cancel: AbortSignal,
): Promise<Upload> {
  const sha256 = await hashFile(file, (bytes) => onProgress('read', bytes), cancel);
  const { name, size } = file;
  return client.call('POST /v1/uploads', { body: { name, size, sha256, labels } });
}
