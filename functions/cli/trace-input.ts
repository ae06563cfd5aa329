import { createReadStream, statSync } from 'node:fs';
import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { gunzip } from '../gunzip/gunzip.ts';
import { UnreadableError, type Terminal } from './command.ts';
import { attempt, reason } from './file-error.ts';
import { Progress } from './progress.ts';

const CHUNK_BYTES = 1024 * 1024;

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
  const stream = path === '-' ? terminal.stdin : createReadStream(path, { highWaterMark: CHUNK_BYTES });
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    count(bytes.length);
    yield bytes;
  }
}
