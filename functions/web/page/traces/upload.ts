import { authorization, Refused, wantsToken } from '../service/ask.ts';
import type { KeptTrace } from '../service/kept-trace.ts';

/** Sends a file as a trace, and tells how much of it was sent. Throws Refused for a refusal. */
export function uploadTrace(
  file: File,
  labels: readonly string[],
  onProgress: (sent: number) => void,
  cancel: AbortSignal,
): Promise<KeptTrace> {
  const query = new URLSearchParams([['name', file.name], ...labels.map((label) => ['label', label])]);
  return new Promise((resolve, reject) => {
    // fetch does not tell how much of a body was sent.
    const request = new XMLHttpRequest();
    request.open('POST', `/v1/traces?${query}`);
    for (const [name, value] of Object.entries(authorization())) request.setRequestHeader(name, value);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded));
    request.addEventListener('load', () => {
      if (request.status === 401) wantsToken.value = true;
      const answer = JSON.parse(request.responseText || '{}') as KeptTrace & { code?: string; detail?: string };
      if (request.status < 300) resolve(answer);
      else reject(new Refused(answer.code ?? '', answer.detail ?? `the service answered ${request.status}`));
    });
    request.addEventListener('error', () => reject(new Refused('OFFLINE', 'the service does not answer')));
    request.addEventListener('abort', () => reject(new Refused('CANCELLED', 'given up')));
    cancel.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
