import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { ByteQueue } from './byte-queue.ts';
import { atGzipMember, takeHeader } from './gzip-header.ts';
import { inflateMember, type MemberEnd } from './inflate-member.ts';

const PASSED_BYTES = 256 * 1024;

/** What `gunzip` is told besides its input. */
export interface GunzipOptions {
  /** Takes what was wrong with the gzip file; what could be decoded has been delivered by then. */
  readonly report?: (diagnostic: Diagnostic) => void;
  /** Decompressed bytes after which reading stops with a report. */
  readonly maxBytes?: number;
}

/**
 * Decompresses a gzip file of any number of members; bytes that aren't gzip pass through. A file that is cut off or
 * damaged gives what decodes, then a report. Built on `node:zlib`, which workerd has too and which is three times
 * faster than an inflater in JavaScript; unlike `DecompressionStream` it gives the bytes before the damage, the same
 * ones in both runtimes.
 */
export async function* gunzip(
  input: AsyncIterable<Uint8Array>,
  options: GunzipOptions = {},
): AsyncGenerator<Uint8Array> {
  const queue = new ByteQueue(input);
  const { report = () => {}, maxBytes = Infinity } = options;
  let total = 0;
  try {
    for await (const chunk of (await atGzipMember(queue)) ? inflateAll(queue, report) : passAll(queue)) {
      total += chunk.length;
      if (total > maxBytes) {
        report(tooLarge(maxBytes));
        yield chunk.subarray(0, chunk.length - (total - maxBytes));
        return;
      }
      yield chunk;
    }
  } finally {
    await queue.close();
  }
}

async function* passAll(queue: ByteQueue): AsyncGenerator<Uint8Array> {
  while (await queue.has(1)) yield queue.take(PASSED_BYTES);
}

async function* inflateAll(queue: ByteQueue, report: (diagnostic: Diagnostic) => void): AsyncGenerator<Uint8Array> {
  while (await atGzipMember(queue)) {
    const header = await takeHeader(queue);
    const end = header === 'whole' ? yield* inflateMember(queue) : header;
    if (end !== 'whole') return report(damage(end));
  }
  if (await hasMoreThanPadding(queue)) {
    report({
      code: 'GZIP_TRAILING_BYTES',
      severity: 'warning',
      message: 'bytes behind the end of the gzip file are ignored',
    });
  }
}

/** Tapes and block devices fill up with zeros; gzip ignores them too. */
async function hasMoreThanPadding(queue: ByteQueue): Promise<boolean> {
  while (await queue.has(1)) if (queue.take(PASSED_BYTES).some((byte) => byte !== 0)) return true;
  return false;
}

function damage(end: Exclude<MemberEnd, 'whole'>): Diagnostic {
  const message = {
    truncated: 'the gzip file ends too early; what it holds up to there was read',
    corrupt: 'the gzip file is damaged; what it holds up to there was read',
    checksum:
      'the checksum of the gzip file differs: it was damaged after it was written, and what was read may be wrong',
  }[end];
  const code = { truncated: 'GZIP_TRUNCATED', corrupt: 'GZIP_CORRUPT', checksum: 'GZIP_CHECKSUM' }[end];
  return { code, severity: 'error', message };
}

function tooLarge(maxBytes: number): Diagnostic {
  return {
    code: 'TRACE_LIMIT',
    severity: 'error',
    message: `the trace is larger than ${maxBytes} bytes once decompressed; what lies behind was not read`,
    hint: 'cut it into several traces',
  };
}
