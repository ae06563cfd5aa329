import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { SegmentFile, type WrittenFile } from '../segments/segment-file.ts';

const HEAD_BYTES = 8;
/** Blocks that are an event, by type: all others tell the state of the machine, which the first segment tells already. */
const EVENTS = new Set([0x204, 0x208, 0x216, 0x217, 0x221, 0x222]);
/** Bytes on their way to the disk above which reading waits. */
const MOST_WAITING = 4 * 1024 * 1024;
const POLL_MS = 5;

/**
 * Makes one capture of segments that follow each other without a gap: the first one as it is, of the others the events.
 *
 * @param beforeNamed is called with what there is just before the file has its name
 */
export async function joinSegments(
  paths: readonly string[],
  to: string,
  beforeNamed: (written: WrittenFile) => void,
): Promise<void> {
  const file = new SegmentFile(to);
  try {
    for (const [place, path] of paths.entries()) {
      let rest = Buffer.alloc(0);
      for await (const chunk of createReadStream(path).pipe(createGunzip())) {
        rest = copyBlocks(Buffer.concat([rest, chunk as Buffer]), place === 0, file);
        while (file.waiting > MOST_WAITING) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    }
  } catch (error) {
    await file.discard();
    throw error;
  }
  await file.close(beforeNamed);
}

/** Copies the whole blocks and gives back what is left of the next one. */
function copyBlocks(bytes: Buffer, withState: boolean, file: SegmentFile): Buffer<ArrayBuffer> {
  let at = 0;
  while (at + HEAD_BYTES <= bytes.length) {
    const length = bytes.readUInt32LE(at + 4);
    if (length < HEAD_BYTES) throw new Error('a segment of the ring is damaged');
    if (at + length > bytes.length) break;
    if (withState || EVENTS.has(bytes.readUInt32LE(at))) file.write(Buffer.from(bytes.subarray(at, at + length)));
    at += length;
  }
  return Buffer.from(bytes.subarray(at));
}
