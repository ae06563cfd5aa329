import { unpackMembers } from './gzip-members.ts';

/** What a page holds of one trace, unpacked. A browser tab has some gigabytes for everything. */
const MAX_HELD_BYTES = 1024 * 1024 * 1024;

/** A trace in memory. */
export interface HeldBytes {
  readonly bytes: Uint8Array;
  /** A gzip file was damaged or cut off; what comes before the place is there. */
  readonly isDamaged: boolean;
}

/** All bytes of a stream, decompressed where they are gzip. Throws an error for people where they are too many. */
export async function unpacked(stream: ReadableStream<Uint8Array>): Promise<HeldBytes> {
  let size = 0;
  const count = (more: number): void => {
    size += more;
    if (size > MAX_HELD_BYTES) throw new Error('the trace is larger than a page can hold: use the command line');
  };
  const chunks: Uint8Array[] = [];
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    count(next.value.length);
  }
  const whole = joined(chunks);
  if (whole[0] !== 0x1f || whole[1] !== 0x8b) return { bytes: whole, isDamaged: false };
  size = 0;
  const { chunks: members, isDamaged } = await unpackMembers(whole, count);
  return { bytes: joined(members), isDamaged };
}

/** Chunks as one. */
export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
