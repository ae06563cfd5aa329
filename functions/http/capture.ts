import { MAX_CAPTURE_BODY_BYTES, MAX_CAPTURE_HELD_BYTES } from '../../engine/model/limits.ts';
import type { Part } from './multipart/read-parts.ts';
import { Refusal } from './problem.ts';
import { bounded } from './request-body.ts';

/** A capture in the body of a request. */
export interface Capture {
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** True while it is still arriving: nothing behind it in the form is known yet. */
  readonly arriving: boolean;
  /** Lets the rest of the request's body go; for a capture that nobody will read. */
  close(): Promise<unknown>;
}

/**
 * Takes the capture of a form. When it is small, the parts behind it are read too, by `takeLater`. When it is large, it
 * is handed out as a stream, and a part behind it is refused once the stream comes to it.
 */
export async function capture(
  part: Part,
  parts: AsyncGenerator<Part>,
  takeLater: (part: Part) => Promise<unknown>,
): Promise<Capture> {
  const name = part.filename || 'capture';
  const chunks = bounded(part.body, MAX_CAPTURE_BODY_BYTES, 'the capture')[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  for (let size = 0; size <= MAX_CAPTURE_HELD_BYTES;) {
    const { value, done } = await chunks.next();
    if (done === true) {
      for (let later = await parts.next(); later.done !== true; later = await parts.next())
        await takeLater(later.value);
      return { name, chunks: all(held), arriving: false, close: async () => {} };
    }
    held.push(value);
    size += value.length;
  }
  return { name, chunks: streamed(held, chunks, parts), arriving: true, close: () => parts.return(undefined) };
}

async function* all(held: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* held;
}

async function* streamed(
  held: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
  parts: AsyncGenerator<Part>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* held;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
    const { value, done } = await parts.next();
    if (done !== true) {
      throw new Refusal(
        'INVALID_REQUEST',
        `the part ${value.name} stands behind a large capture, too late to be used`,
        {
          hint: 'put the capture last in the form',
        },
      );
    }
  } finally {
    await parts.return(undefined);
  }
}
