import { Refusal } from './problem.ts';

/** The bytes of a request's body as they arrive; refuses when they are more than allowed, at once where the length is told. */
export function bodyOf(request: Request, maxBytes: number): AsyncIterable<Uint8Array> {
  const told = Number(request.headers.get('content-length') ?? 0);
  if (told > maxBytes) throw tooLarge('the body', maxBytes);
  return request.body === null ? nothing() : bounded(read(request.body), maxBytes, 'the body');
}

/** Passes bytes on until they are more than allowed. */
export async function* bounded(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  what: string,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > maxBytes) throw tooLarge(what, maxBytes);
    yield chunk;
  }
}

/** Gathers bytes into a text; refuses what isn't UTF-8, since the places in it could not be told. */
export async function textOf(chunks: AsyncIterable<Uint8Array>, what: string): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text = '';
  try {
    for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new Refusal('MALFORMED_TEXT', `${what} is not UTF-8`);
    throw error;
  }
}

/** The type and subtype of a `Content-Type`, in lower case; empty when there is none. */
export function mediaTypeOf(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** A refusal of bytes that are too many. */
export function tooLarge(what: string, maxBytes: number): Refusal {
  return new Refusal('REQUEST_TOO_LARGE', `${what} is larger than ${maxBytes} bytes`);
}

/** A sender that goes away is a refusal that nobody reads, not a defect of ours. */
async function* read(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read().catch((error: unknown) => {
        throw new Refusal('INTERRUPTED', `the body broke off: ${(error as Error).message}`);
      });
      if (done) return;
      yield value;
    }
  } finally {
    // Not cancelled: `wrangler dev` takes a cancelled body for a lost connection and drops the answer.
    reader.releaseLock();
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
