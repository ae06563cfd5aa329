import type { Patience } from './patience.ts';

/** The rest of an object, as the store began to send it. */
export interface Opened {
  readonly body: ReadableStream<Uint8Array>;
  /** Bytes from where it was opened to the end of the object; undefined where the store does not tell. */
  readonly length: number | undefined;
  /** Lets the connection go. */
  abort(): void;
}

/**
 * The bytes of an object, gone on with where a connection breaks off, ends too soon or falls silent. Long captures are
 * read for minutes, in which a connection may well be lost. What could not be read at last comes out as an error made by
 * `asStoreError`, never as an end.
 *
 * @param open opens the object anew, from a byte on
 */
export function resumedRead(
  first: Opened,
  open: (from: number) => Promise<Opened>,
  { answerMs, resumes }: Patience,
  asStoreError: (error: unknown) => Error,
): ReadableStream<Uint8Array> {
  const end = first.length;
  let opened = first;
  let reader = first.body.getReader();
  let at = 0;
  let left = resumes;

  async function next(): Promise<Uint8Array | undefined> {
    for (;;) {
      try {
        const { value, done } = await inTime(reader.read(), answerMs);
        if (!done) return value;
        if (end === undefined || at >= end) return undefined;
        throw new Error(`the body ended after ${at} of ${end} bytes`);
      } catch (error) {
        opened.abort();
        if (left-- === 0) throw asStoreError(error);
        opened = await open(at);
        reader = opened.body.getReader();
      }
    }
  }

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const chunk = await next();
        if (chunk === undefined) return controller.close();
        at += chunk.length;
        controller.enqueue(chunk);
      },
      async cancel() {
        await reader.cancel().catch(() => {});
        opened.abort();
      },
    },
    { highWaterMark: 0 },
  );
}

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came for ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
