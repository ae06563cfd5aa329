import { Sha256 } from './sha256.ts';

/** Bytes between two words on how far it is. */
const STEP_BYTES = 4 * 1024 * 1024;

addEventListener('message', ({ data }: MessageEvent<Blob>) => void hash(data));

/** Answers how many bytes were hashed, again and again, then the hash. */
async function hash(file: Blob): Promise<void> {
  try {
    const sha256 = new Sha256();
    for (let at = 0; at < file.size; at += STEP_BYTES) {
      sha256.update(new Uint8Array(await file.slice(at, at + STEP_BYTES).arrayBuffer()));
      postMessage(Math.min(file.size, at + STEP_BYTES));
    }
    postMessage(sha256.hex());
  } catch (error) {
    postMessage({ error: (error as Error).message });
  }
}
