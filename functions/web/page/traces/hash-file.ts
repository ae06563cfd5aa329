/** The SHA-256 of a file, hexadecimal, made in a worker: a large one takes seconds. */
export function hashFile(file: File, onProgress: (bytes: number) => void, cancel: AbortSignal): Promise<string> {
  const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' });
  const made = new Promise<string>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<number | string | { readonly error: string }>) => {
      if (typeof data === 'number') onProgress(data);
      else if (typeof data === 'string') resolve(data);
      else reject(new Error(`${file.name} can't be read: ${data.error}`));
    });
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    cancel.addEventListener('abort', () => reject(new Error('given up')));
    worker.postMessage(file);
  });
  return made.finally(() => worker.terminate());
}
