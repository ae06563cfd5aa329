import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Conversion, type TargetEncoding } from '../../engine/convert.ts';
import type { Event } from '../../engine/model/event.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { ScapReader } from '../../engine/trace/scap/scap-reader.ts';
import { CONFORMANCE, CONFORMANCE_PRESENT, describeConformance } from '../conformance/data.ts';
import { joined } from './block-bytes.ts';
import { cutInto, readScap } from './reading.ts';

const captures = CONFORMANCE_PRESENT ? readdirSync(join(CONFORMANCE, 'captures')) : [];
/** The two recordings of more than 50 MB are left to the tests that are quick on them. */
const small = captures.filter((name) => !/^(attack|build)\./.test(name));

function decompressed(path: string): Uint8Array {
  const bytes = readFileSync(join(CONFORMANCE, path));
  return bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
}

/** A sink that boils a trace down to one hash. */
class HashingSink implements TraceSink {
  readonly #hash = createHash('sha256');
  section = () => this.#put('section');
  machine = (value: unknown) => this.#put('machine', value);
  interfaces = (value: unknown) => this.#put('interfaces', value);
  users = (...values: unknown[]) => this.#put('users', ...values);
  process = (value: unknown) => this.#put('process', value);
  files = (...values: unknown[]) => this.#put('files', ...values);

  event = (event: Event) => {
    const { num, timeHigh, timeLow, tid, cpu, type, paramCount, stateOnly } = event;
    this.#hash.update([num, timeHigh, timeLow, tid, cpu, type, paramCount, stateOnly].join(' '));
    for (let i = 0; i < paramCount; i++) this.#hash.update(`|${event.length(i)}|`).update(event.data(i));
  };

  digest(): string {
    return this.#hash.digest('hex');
  }

  #put(...values: unknown[]): void {
    this.#hash.update(JSON.stringify(values, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)));
  }
}

/** A sink that takes everything and does nothing. */
class SilentSink implements TraceSink {
  section() {}
  machine() {}
  interfaces() {}
  users() {}
  process() {}
  files() {}
  event() {}
}

function readBy(sink: TraceSink, ...chunks: readonly Uint8Array[]): ScapReader {
  const reader = new ScapReader(sink);
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return reader;
}

function hashOf(...chunks: readonly Uint8Array[]): { hash: string; events: number; codes: string[] } {
  const sink = new HashingSink();
  const { eventCount, diagnostics } = readBy(sink, ...chunks);
  return { hash: sink.digest(), events: eventCount, codes: diagnostics.map(({ code }) => code) };
}

function convert(bytes: Uint8Array, to: TargetEncoding): Uint8Array {
  const chunks: Uint8Array[] = [];
  const conversion = new Conversion(to, (chunk) => chunks.push(chunk));
  conversion.push(bytes);
  conversion.end();
  expect(conversion.diagnostics).toEqual([]);
  return joined(...chunks);
}

describeConformance('captures', () => {
  it.each(captures)('%s is read to its end without a finding', (name) => {
    const { diagnostics, eventCount } = readBy(new SilentSink(), decompressed(`captures/${name}`));
    expect(diagnostics).toEqual([]);
    expect(eventCount).toBeGreaterThan(0);
  });

  it.each(small)('%s reads the same however it is cut', (name) => {
    const bytes = decompressed(`captures/${name}`);
    const whole = hashOf(bytes);
    expect(hashOf(...cutInto(bytes, [4099]))).toEqual(whole);
    expect(hashOf(...cutInto(bytes, [13, 1, 70_001, 256, 7]))).toEqual(whole);
  });

  it.each(small)('%s says the same after it was written as a capture and as JSON', (name) => {
    const bytes = decompressed(`captures/${name}`);
    const rewritten = convert(bytes, 'scap');
    expect(hashOf(rewritten)).toEqual(hashOf(bytes));
    const lines = convert(rewritten, 'jsonl');
    expect(Buffer.compare(convert(lines, 'scap'), rewritten)).toBe(0);
  });

  it.each(captures.filter((name) => /^(attack|build|small)/.test(name)))(
    '%s, which libs of today wrote, is written byte for byte',
    (name) => {
      const bytes = decompressed(`captures/${name}`);
      expect(Buffer.compare(convert(bytes, 'scap'), bytes)).toBe(0);
    },
  );

  it.each(small)('%s cut anywhere gives every whole block', (name) => {
    const bytes = decompressed(`captures/${name}`);
    const whole = readScap(bytes).sink.events;
    for (let i = 1; i <= 5; i++) {
      const length = Math.floor((bytes.length * i) / 6) + i;
      const { sink, codes } = readScap(bytes.subarray(0, length));
      const last = sink.events.at(-1);
      if (last !== undefined) expect(last).toEqual(whole[last.num - 1]);
      expect(codes.filter((code) => code !== 'TRACE_TRUNCATED' && code !== 'TRACE_NO_EVENTS')).toEqual([]);
    }
  });
});
