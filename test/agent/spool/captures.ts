import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildEvent } from '../../../engine/model/event-builder.ts';
import { ScapWriter } from '../../../engine/trace/scap/scap-writer.ts';
import { writeManifest } from '../../../agent/segments/manifest-file.ts';
import type { Manifest } from '../../../agent/segments/manifest.ts';

/** A capture of notifications, one for each text, at one second after the other. */
export function capture(texts: readonly string[]): Buffer {
  const chunks: Uint8Array[] = [];
  const writer = new ScapWriter((bytes) => chunks.push(bytes));
  writer.section();
  writer.machine({ cpus: 1, memoryBytes: 1, maxPid: 1, hostname: 'node-7', bootTime: 0n, flags: 0 });
  texts.forEach((text, i) => {
    const event = buildEvent('NOTIFICATION_E', { time: BigInt(i + 1) * 1_000_000_000n, tid: 1 }, ['test', text]);
    event.num = i + 1;
    writer.event(event);
  });
  writer.end();
  return Buffer.concat(chunks);
}

/** Puts a whole segment at a path, as a recording does, and tells of it. */
export function putSegment(path: string, sequence: number, bytes: Uint8Array): Manifest {
  const manifest: Manifest = {
    format: 'creance-segment-1',
    file: basename(path),
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sequence,
    hostname: 'node-7',
    kernel: '6.1',
    firstTime: String(sequence * 1_000_000_000),
    lastTime: String((sequence + 1) * 1_000_000_000),
    events: 10,
    complete: true,
    seen: 10,
    sent: 10,
    dropped: 0,
    foreign: 0,
    gaps: [],
    syscalls: [],
  };
  writeManifest(path, manifest);
  writeFileSync(path, bytes);
  return manifest;
}

/** A segment's content; no two numbers give the same. */
export function segmentBytes(sequence: number, padding = 0): Buffer {
  const text = `segment ${sequence}`;
  const long = Array.from({ length: Math.ceil(padding / 50_000) }, () => 'x'.repeat(50_000));
  return gzipSync(capture([text, ...long]), { level: padding > 0 ? 0 : 1 });
}
