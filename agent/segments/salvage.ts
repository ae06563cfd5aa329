import { createReadStream, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createGunzip, constants } from 'node:zlib';
import { EventBuilder } from '../../engine/model/event-builder.ts';
import { fromUnicode } from '../../engine/model/byte-string.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { DetectingReader } from '../../engine/trace/detecting-reader.ts';
import { ScapWriter } from '../../engine/trace/scap/scap-writer.ts';
import { gapJson, gapText, type Gap, type SalvagedManifest } from './manifest.ts';
import { writeManifest } from './manifest-file.ts';
import { SegmentFile } from './segment-file.ts';

const HEAD_BYTES = 8;
/** Bytes on their way to the disk above which reading waits. */
const MOST_WAITING = 16 * 1024 * 1024;
const POLL_MS = 5;
/** No block that the recorder writes is longer; a length above it is not one. */
const MAX_BLOCK_BYTES = 256 * 1024 * 1024;

/**
 * Makes whole captures of the segments that a killed recorder left behind: what their last whole block has, and behind it
 * a gap that lasts until now. A file in which nothing is whole is removed. Safe to be killed at any point: it is begun
 * again then.
 */
export async function salvage(folder: string, now: bigint): Promise<readonly SalvagedManifest[]> {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder);
  for (const name of names.filter((each) => each.endsWith('.partial'))) {
    const path = join(folder, name.slice(0, -'.partial'.length));
    // Where the torn one is still there, the partial one is an earlier try to mend it.
    if (!existsSync(`${path}.torn`)) renameSync(`${path}.partial`, `${path}.torn`);
  }
  const torn = readdirSync(folder).filter((name) => name.endsWith('.torn'));
  const mended: SalvagedManifest[] = [];
  for (const name of torn) {
    const path = join(folder, name.slice(0, -'.torn'.length));
    const manifest = existsSync(path) ? undefined : await mend(path, now);
    if (manifest !== undefined) mended.push(manifest);
    rmSync(`${path}.torn`);
    rmSync(`${path}.partial`, { force: true });
  }
  return mended;
}

/** Writes what is whole of `PATH.torn` to `PATH`; undefined when that is nothing. */
async function mend(path: string, now: bigint): Promise<SalvagedManifest | undefined> {
  const seen = { events: 0, first: undefined as bigint | undefined, last: undefined as bigint | undefined };
  const reader = new DetectingReader(countingSink(seen));
  const file = new SegmentFile(path);
  for await (const blocks of wholeBlocks(`${path}.torn`)) {
    reader.push(blocks);
    file.write(blocks);
    while (file.waiting > MOST_WAITING) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  if (seen.events === 0 || seen.first === undefined || seen.last === undefined) {
    await file.discard();
    return undefined;
  }
  const gap: Gap = {
    from: seen.last,
    to: now > seen.last ? now : seen.last,
    reason: 'recorder ended',
    lost: undefined,
  };
  const writer = new ScapWriter((bytes) => file.write(bytes));
  writer.event(
    new EventBuilder().build('NOTIFICATION_E', { time: gap.to, tid: -1 }, ['creance.gap', fromUnicode(gapText(gap))]),
  );
  writer.end();
  let manifest: SalvagedManifest | undefined;
  await file.close(({ bytes, sha256 }) => {
    manifest = {
      format: 'creance-segment-1',
      file: basename(path),
      bytes,
      sha256,
      firstTime: String(seen.first),
      lastTime: String(gap.to),
      events: seen.events + 1,
      complete: false,
      salvaged: true,
      gaps: [gapJson(gap)],
    };
    writeManifest(path, manifest);
  });
  return manifest;
}

/** The blocks of a capture up to the last one that is whole, in runs. */
async function* wholeBlocks(path: string): AsyncGenerator<Buffer> {
  const source = createReadStream(path);
  const stream = path.endsWith('.gz.torn')
    ? source.pipe(createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }))
    : source;
  let rest = Buffer.alloc(0);
  try {
    for await (const chunk of stream) {
      const bytes = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
      const whole = wholeLength(bytes);
      if (whole > 0) yield bytes.subarray(0, whole);
      rest = Buffer.from(bytes.subarray(whole));
    }
  } catch {
    // The rest was never written, or not as gzip: what came before it stands.
  }
}

/** How many bytes of these are whole blocks: each begins with its type and its length. */
function wholeLength(bytes: Buffer): number {
  let at = 0;
  while (at + HEAD_BYTES <= bytes.length) {
    const length = bytes.readUInt32LE(at + 4);
    if (length < HEAD_BYTES || length > MAX_BLOCK_BYTES || at + length > bytes.length) break;
    at += length;
  }
  return at;
}

function countingSink(seen: { events: number; first: bigint | undefined; last: bigint | undefined }): TraceSink {
  return {
    section: () => {},
    machine: () => {},
    interfaces: () => {},
    users: () => {},
    process: () => {},
    files: () => {},
    event: (event) => {
      seen.events++;
      seen.first ??= event.time();
      seen.last = event.time();
    },
  };
}
