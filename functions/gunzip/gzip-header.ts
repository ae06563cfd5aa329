import { MAX_GZIP_TEXT_BYTES } from '../../engine/model/limits.ts';
import type { ByteQueue } from './byte-queue.ts';

/** The first two bytes of a gzip member (RFC 1952, section 2.3.1). */
export const GZIP_MAGIC = [0x1f, 0x8b] as const;

const DEFLATE = 8;
const FHCRC = 2;
const FEXTRA = 4;
const FNAME = 8;
const FCOMMENT = 16;
const RESERVED = 0xe0;
const FIXED_BYTES = 10;

/** True when the next two bytes are a gzip member's first. */
export async function atGzipMember(queue: ByteQueue): Promise<boolean> {
  return (await queue.has(2)) && queue.at(0) === GZIP_MAGIC[0] && queue.at(1) === GZIP_MAGIC[1];
}

/** Takes a member's header off the queue: what stands before the deflated bytes. */
export async function takeHeader(queue: ByteQueue): Promise<'whole' | 'truncated' | 'corrupt'> {
  if (!(await queue.has(FIXED_BYTES))) return 'truncated';
  const flags = queue.at(3);
  if (queue.at(2) !== DEFLATE || (flags & RESERVED) !== 0) return 'corrupt';
  queue.take(FIXED_BYTES);
  if ((flags & FEXTRA) !== 0) {
    if (!(await queue.has(2))) return 'truncated';
    const length = queue.at(0) | (queue.at(1) << 8);
    queue.take(2);
    if (!(await takeExactly(queue, length))) return 'truncated';
  }
  for (const flag of [FNAME, FCOMMENT]) {
    if ((flags & flag) === 0) continue;
    const found = await takeText(queue);
    if (found !== 'whole') return found;
  }
  return (flags & FHCRC) === 0 || (await takeExactly(queue, 2)) ? 'whole' : 'truncated';
}

async function takeExactly(queue: ByteQueue, count: number): Promise<boolean> {
  if (!(await queue.has(count))) return false;
  queue.take(count);
  return true;
}

async function takeText(queue: ByteQueue): Promise<'whole' | 'truncated' | 'corrupt'> {
  for (let length = 0; length < MAX_GZIP_TEXT_BYTES; length++) {
    if (!(await queue.has(1))) return 'truncated';
    if (queue.take(1)[0] === 0) return 'whole';
  }
  return 'corrupt';
}
