import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Splitter, StreamError } from '../../../agent/stream/splitter.ts';
import { Transcoder } from '../../../agent/transcode/transcoder.ts';
import { recordBytes } from './records.ts';

const section = fc.record({
  tag: fc.integer({ min: 0, max: 14 }),
  note: fc.integer({ min: 0, max: 255 }),
  fault: fc.integer({ min: 0, max: 7 }),
  bytes: fc.uint8Array({ maxLength: 200 }),
});
const record = fc
  .record({
    syscall: fc.integer({ min: 0, max: 511 }),
    tid: fc.nat(),
    kind: fc.integer({ min: 1, max: 3 }),
    args: fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { maxLength: 6 }),
    result: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    sections: fc.array(section, { maxLength: 5 }),
  })
  .map(({ sections, ...head }) => recordBytes(head, sections));

function tidsOf(chunks: readonly Uint8Array[]): { tids: number[]; isWhole: boolean } {
  const tids: number[] = [];
  const splitter = new Splitter(({ tid, sections }) => void tids.push(tid, sections));
  for (const chunk of chunks) splitter.push(chunk);
  return { tids, isWhole: splitter.isWhole };
}

describe('a stream of records', () => {
  it('gives the same records wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 12 }), fc.array(fc.nat()), (records, cuts) => {
        const whole = Buffer.concat(records);
        const places = [...new Set(cuts.map((cut) => cut % whole.length))].toSorted((a, b) => a - b);
        const chunks = [0, ...places].map((from, i) => whole.subarray(from, places[i] ?? whole.length));
        expect(tidsOf(chunks)).toEqual(tidsOf([whole]));
        expect(tidsOf([whole])).toMatchObject({ isWhole: true });
      }),
    );
  });

  it('is refused where a record has a length that no record has', () => {
    for (const length of [0, 4, 80, 89, 65_544, 0xffffffff]) {
      const bytes = Buffer.from(recordBytes({}));
      bytes.writeUInt32LE(length, 0);
      expect(() => tidsOf([bytes])).toThrow(StreamError);
    }
  });

  it('becomes events whatever is in its records', () => {
    const transcoder = new Transcoder();
    fc.assert(
      fc.property(record, (bytes) => {
        const splitter = new Splitter((one) => {
          const event = transcoder.event(one);
          if (event === undefined) return;
          let end = 0;
          for (let i = 0; i < event.paramCount; i++) {
            expect(event.starts[i]).toBe(end);
            end += event.lengths[i] as number;
          }
          expect(event.paramCount).toBeLessThanOrEqual(event.info.params.length);
        });
        splitter.push(bytes);
      }),
      { numRuns: 2000 },
    );
  });
});
