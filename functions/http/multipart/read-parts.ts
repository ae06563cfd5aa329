import { MAX_FORM_HEAD_BYTES, MAX_FORM_PARTS } from '../../../engine/model/limits.ts';
import { ByteQueue } from '../../gunzip/byte-queue.ts';
import { Refusal } from '../problem.ts';
import { find } from './find.ts';
import { readPartHead, type PartHead } from './part-head.ts';

const CHUNK_BYTES = 256 * 1024;
const LINE_END = bytes('\r\n');
const HEAD_END = bytes('\r\n\r\n');

/** A part of a multipart form (RFC 7578). Its body is a stream: what of it isn't read is skipped. */
export interface Part extends PartHead {
  readonly body: AsyncIterable<Uint8Array>;
}

/** Reads a form part by part while it arrives, holding one chunk. */
export async function* readParts(chunks: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part> {
  const queue = new ByteQueue(chunks);
  const delimiter = bytes(`\r\n--${boundary}`);
  try {
    // The first delimiter needs no line before it.
    queue.unread(LINE_END);
    await skip(untilDelimiter(queue, delimiter));
    for (let count = 0; !(await atEnd(queue)); count++) {
      if (count === MAX_FORM_PARTS) throw malformed(`it has more than ${MAX_FORM_PARTS} parts`);
      const body = untilDelimiter(queue, delimiter);
      yield { ...readPartHead(await takeHead(queue)), body };
      await skip(body);
    }
  } finally {
    await queue.close();
  }
}

/** The bytes before the next delimiter, which is taken off the queue. */
async function* untilDelimiter(queue: ByteQueue, delimiter: Uint8Array): AsyncGenerator<Uint8Array> {
  for (;;) {
    const more = await queue.has(delimiter.length);
    const chunk = queue.take(CHUNK_BYTES);
    const at = find(chunk, delimiter);
    if (at !== -1) {
      queue.unread(chunk.subarray(at + delimiter.length));
      if (at > 0) yield chunk.subarray(0, at);
      return;
    }
    if (!more) throw malformed('it ends within a part');
    const safe = chunk.length - delimiter.length + 1;
    queue.unread(chunk.subarray(safe));
    if (safe > 0) yield chunk.subarray(0, safe);
  }
}

/** After a delimiter: `--` ends the form, a line end begins a part. */
async function atEnd(queue: ByteQueue): Promise<boolean> {
  while ((await queue.has(1)) && (queue.at(0) === 0x20 || queue.at(0) === 0x09)) queue.take(1);
  if (!(await queue.has(2))) throw malformed('it ends after a boundary');
  const [first, second] = queue.take(2);
  if (first === 0x2d && second === 0x2d) return true;
  if (first !== 0x0d || second !== 0x0a) throw malformed('a boundary is followed by something else than a line end');
  // A part without headers begins with an empty line, whose start has just been taken.
  queue.unread(LINE_END);
  return false;
}

/** The headers of a part as text, without the empty line behind them. */
async function takeHead(queue: ByteQueue): Promise<string> {
  for (let wanted = HEAD_END.length; ; wanted = Math.min(wanted * 2, MAX_FORM_HEAD_BYTES)) {
    const more = await queue.has(wanted);
    const head = queue.take(MAX_FORM_HEAD_BYTES);
    const at = find(head, HEAD_END);
    queue.unread(at === -1 ? head : head.subarray(at + HEAD_END.length));
    if (at !== -1) return new TextDecoder().decode(head.subarray(LINE_END.length, at));
    if (!more) throw malformed('it ends within the headers of a part');
    if (wanted === MAX_FORM_HEAD_BYTES)
      throw malformed(`the headers of a part are longer than ${MAX_FORM_HEAD_BYTES} bytes`);
  }
}

async function skip(body: AsyncGenerator<Uint8Array>): Promise<void> {
  for await (const chunk of body) void chunk;
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function malformed(message: string): Refusal {
  return new Refusal('MALFORMED_MULTIPART', `the form can't be read: ${message}`);
}
