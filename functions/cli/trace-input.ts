import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { gunzip } from '../gunzip/gunzip.ts';
import { UnreadableError, type Terminal } from './command.ts';
import { attempt, reason } from './file-error.ts';
import { Progress } from './progress.ts';

const CHUNK_BYTES = 256 * 1024;

/** Whoever takes the decompressed bytes of a trace. */
interface BytesTaker {
  push(bytes: Uint8Array): void;
  end(): void;
  readonly eventCount: number;
}

/**
 * Feeds the bytes of a capture, gunzipped, to a reader; `-` is standard input. `afterChunk` is awaited between chunks,
 * so that what was found is printed while the capture is still being read. Answers what was wrong with the gzip file.
 */
export async function feedCapture(
  path: string,
  taker: BytesTaker,
  terminal: Terminal,
  afterChunk: () => Promise<void>,
): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const total = path === '-' ? undefined : attempt(path, () => statSync(path).size);
  const progress = new Progress(terminal, path, total);
  let read = 0;
  const input = bytesOf(path, terminal, (count) => (read += count));
  try {
    for await (const bytes of gunzip(input, { report: (diagnostic) => diagnostics.push(diagnostic) })) {
      taker.push(bytes);
      progress.at(read, taker.eventCount);
      await afterChunk();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new UnreadableError(`${path}: ${reason(error as NodeJS.ErrnoException)}`);
  } finally {
    progress.end();
  }
  taker.end();
  await afterChunk();
  return diagnostics;
}

async function* bytesOf(path: string, terminal: Terminal, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const isFile = path !== '-' && statSync(path).isFile();
  for await (const chunk of isFile ? bytesOfFile(path) : bytesOfStream(path, terminal)) {
    count(chunk.length);
    yield chunk;
  }
}

/**
 * A file's bytes, each chunk in the place of the one before, which is still at hand in the processor's cache: a third of
 * the time that a stream takes, which allocates and waits for each.
 */
async function* bytesOfFile(path: string): AsyncGenerator<Uint8Array> {
  const place = new Uint8Array(CHUNK_BYTES);
  const file = openSync(path, 'r');
  try {
    for (let length = readSync(file, place); length > 0; length = readSync(file, place)) {
      yield place.subarray(0, length);
      // Whoever reads our output may have gone away, which this process only hears of between its tasks.
      await setImmediate();
    }
  } finally {
    closeSync(file);
  }
}

async function* bytesOfStream(path: string, { stdin }: Terminal): AsyncGenerator<Uint8Array> {
  const stream = path === '-' ? stdin : createReadStream(path, { highWaterMark: CHUNK_BYTES });
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
