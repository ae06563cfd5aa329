import { authorization, Refused, wantsToken } from '../service/ask.ts';
import type { Trace } from '../../../client/service-api.ts';

/** Larger files go in parts: what is cut off costs a part, not the whole. Workers take no more than 100 MB at a time. */
const ONE_REQUEST_BYTES = 16 * 1024 * 1024;

/** Told how many bytes of a file were read, for its hash, or sent. */
export type OnProgress = (stage: 'read' | 'sent', bytes: number) => void;

/** Sends a file as a trace. Throws an error for people. */
export async function uploadTrace(
  file: File,
  labels: Readonly<Record<string, string>>,
  onProgress: OnProgress,
  cancel: AbortSignal,
): Promise<void> {
  if (file.size <= ONE_REQUEST_BYTES) await uploadAtOnce(file, labels, onProgress, cancel);
  else {
    const { uploadInParts } = await import('./upload-in-parts.ts');
    await uploadInParts(file, labels, onProgress, cancel);
  }
}

function uploadAtOnce(
  file: File,
  labels: Readonly<Record<string, string>>,
  onProgress: OnProgress,
  cancel: AbortSignal,
): Promise<Trace> {
  const pairs = Object.entries(labels).map(([key, value]) => ['label', `${key}=${value}`]);
  const query = new URLSearchParams([['name', file.name], ...pairs]);
  return new Promise((resolve, reject) => {
    // fetch does not tell how much of a body was sent.
    const request = new XMLHttpRequest();
    request.open('POST', `/v1/traces?${query}`);
    for (const [name, value] of Object.entries(authorization())) request.setRequestHeader(name, value);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded }) => onProgress('sent', loaded));
    request.addEventListener('load', () => {
      if (request.status === 401) wantsToken.value = true;
      const answer = JSON.parse(request.responseText || '{}') as Trace & { code?: string; detail?: string };
      if (request.status < 300) resolve(answer);
      else reject(new Refused(answer.code ?? '', answer.detail ?? `the service answered ${request.status}`));
    });
    request.addEventListener('error', () => reject(new Refused('OFFLINE', 'the service does not answer')));
    request.addEventListener('abort', () => reject(new Refused('CANCELLED', 'given up')));
    cancel.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
