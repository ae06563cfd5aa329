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
    chunks.push(chunk);
  }
  const text = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    text.set(chunk, at);
    at += chunk.length;
  }
  return { text, found };
}

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
