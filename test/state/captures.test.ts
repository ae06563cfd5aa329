import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createSystem } from '../../engine/state/system.ts';
import { SystemSink } from '../../engine/state/system-sink.ts';
import { ScapReader } from '../../engine/trace/scap/scap-reader.ts';
import { CONFORMANCE, CONFORMANCE_PRESENT, describeConformance } from '../conformance/data.ts';
import { captureBytes } from '../conformance/folder.ts';

const captures = CONFORMANCE_PRESENT
  ? readdirSync(join(CONFORMANCE, 'captures')).map((name) => name.replace(/\.scap(?:\.gz)?$/, ''))
  : [];
/** The largest ones are not damaged: nothing in them isn't in the others too. */
const MAX_DAMAGED_BYTES = 8 * 1024 * 1024;
const BLOCK_HEAD = 8;

describeConformance('recorded machines', () => {
  it.each(captures)('%s is followed to its end', (capture) => {
    const { system, events } = follow(captureBytes(capture));
    expect(events).toBeGreaterThan(50);
    for (const thread of system.threads.values()) expect(system.threads.get(thread.tid)).toBe(thread);
  });

  it.each(captures)('%s, damaged, is followed to its end and stays bounded', (capture) => {
    const whole = captureBytes(capture);
    if (whole.length > MAX_DAMAGED_BYTES) return;
    const { events } = follow(whole);
    for (let seed = 1; seed <= 3; seed++) {
      const damaged = follow(damage(whole, seed));
      expect(damaged.events).toBeLessThanOrEqual(events + 500);
      expect(damaged.system.threads.size).toBeLessThan(2000);
    }
  });
});

function follow(bytes: Uint8Array) {
  const system = createSystem();
  let events = 0;
  const sink = new SystemSink(system, ({ file, thread, container }) => {
    events++;
    if (thread !== undefined) system.lineStamp(thread);
    void [file?.sourceIp, file?.destPointer, container?.id];
  });
  const reader = new ScapReader(sink);
  reader.push(bytes);
  reader.end();
  return { system, events };
}

/** Changes bytes inside of blocks, so that the reader still finds each block. */
function damage(whole: Uint8Array, seed: number): Uint8Array {
  const bytes = whole.slice();
  const view = new DataView(bytes.buffer);
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state % below;
  };
  for (let at = 0; at + BLOCK_HEAD <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    if (length < 12 || at + length > bytes.length) break;
    const body = length - BLOCK_HEAD - 4;
    if (random(4) === 0 && body > 0) bytes[at + BLOCK_HEAD + random(body)] = random(256);
    at += length;
  }
  return bytes;
}
