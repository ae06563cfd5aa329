import { gunzip } from '../../../functions/gunzip/gunzip.ts';

/** What came out of a gzip file, and the codes of what was wrong with it. */
export interface Inflated {
  readonly text: Uint8Array;
  readonly found: readonly string[];
}

/** Decompresses bytes that arrive in chunks of one size. */
export async function inflate(packed: Uint8Array, chunkBytes: number): Promise<Inflated> {
  const found: string[] = [];
  const chunks: Uint8Array[] = [];
  for await (const chunk of gunzip(cut(packed, chunkBytes), { report: ({ code }) => found.push(code) })) {
    chunks.push(chunk.slice());
  }
  const text = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    text.set(chunk, at);
    at += chunk.length;
  }
  return { text, found };
}

/** All chunks in one place: as far as a producer may go, so whoever holds on to an old chunk reads what is wrong. */
async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const place = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const chunk = bytes.subarray(at, at + size);
    place.set(chunk);
    yield place.subarray(0, chunk.length);
    place.fill(0xff);
  }
}
