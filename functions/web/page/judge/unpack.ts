/** What a page holds of one trace, unpacked. A browser tab has some gigabytes for everything. */
export const MAX_HELD_BYTES = 1024 * 1024 * 1024;

/** All bytes of a stream, decompressed where they are gzip. What comes before a broken place is kept. */
export async function unpacked(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const [head, whole] = await peek(stream);
  const isPacked = head[0] === 0x1f && head[1] === 0x8b;
  const plain = isPacked
    ? whole.pipeThrough(new DecompressionStream('gzip') as unknown as TransformStream<Uint8Array, Uint8Array>)
    : whole;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = plain.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      chunks.push(next.value);
      size += next.value.length;
      if (size > MAX_HELD_BYTES) throw new TooLarge();
    }
  } catch (error) {
    if (error instanceof TooLarge || size === 0) throw error;
  }
  return joined(chunks);
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

class TooLarge extends Error {
  constructor() {
    super('the trace is larger than a page can hold: use the command line');
  }
}

/** The first bytes of a stream, and the stream with them still in it. */
async function peek(stream: ReadableStream<Uint8Array>): Promise<[Uint8Array, ReadableStream<Uint8Array>]> {
  const reader = stream.getReader();
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < 2) {
    const { value, done } = await reader.read();
    if (done) break;
    first.push(value);
    size += value.length;
  }
  const head = joined(first);
  const whole = new ReadableStream<Uint8Array>({
    start: (controller) => {
      if (head.length > 0) controller.enqueue(head);
    },
    async pull(controller) {
      const { value, done } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return [head, whole];
}
