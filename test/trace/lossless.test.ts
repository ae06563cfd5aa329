import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Conversion, type TargetEncoding } from '../../engine/convert.ts';
import { arbitraryTrace, type Telling } from './arbitrary-trace.ts';
import { joined } from './block-bytes.ts';
import { cutInto, readJsonl, readScap, writeJsonl, writeScap } from './reading.ts';
import { RecordingSink, type RecordedEvent } from './recording-sink.ts';

function recorded(tell: Telling): RecordingSink['calls'] {
  const sink = new RecordingSink();
  tell(sink);
  return sink.calls;
}

function convert(bytes: Uint8Array, to: TargetEncoding): Uint8Array {
  const chunks: Uint8Array[] = [];
  const conversion = new Conversion(to, (chunk) => chunks.push(chunk));
  conversion.push(bytes);
  conversion.end();
  return joined(...chunks);
}

const problems = (codes: readonly string[]) => codes.filter((code) => code !== 'TRACE_NO_EVENTS');

describe('a trace', () => {
  it('comes back from a capture as it was told', () => {
    fc.assert(
      fc.property(arbitraryTrace, (tell) => {
        const { calls, codes } = readScap(writeScap(tell));
        expect(problems(codes)).toEqual([]);
        expect(calls).toEqual(recorded(tell));
      }),
      { numRuns: 300 },
    );
  });

  it('comes back from lines of JSON as it was told', () => {
    fc.assert(
      fc.property(arbitraryTrace, (tell) => {
        const { calls, diagnostics } = readJsonl(writeJsonl(tell));
        expect(diagnostics.filter(({ code }) => code !== 'TRACE_NO_EVENTS')).toEqual([]);
        expect(calls).toEqual(recorded(tell));
      }),
      { numRuns: 300 },
    );
  });

  it('is the same bytes after a way through the other encoding', () => {
    fc.assert(
      fc.property(arbitraryTrace, (tell) => {
        const capture = writeScap(tell);
        const lines = convert(capture, 'jsonl');
        expect(Buffer.compare(convert(lines, 'scap'), capture)).toBe(0);
        expect(Buffer.compare(convert(lines, 'jsonl'), lines)).toBe(0);
        expect(new TextDecoder().decode(lines)).toBe(writeJsonl(tell));
      }),
      { numRuns: 100 },
    );
  });

  it('is the same however its bytes are cut', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(arbitraryTrace, sizes, (tell, cuts) => {
        const capture = writeScap(tell);
        expect(readScap(...cutInto(capture, cuts)).calls).toEqual(readScap(capture).calls);
        const lines = new TextEncoder().encode(writeJsonl(tell));
        expect(readJsonl(...cutInto(lines, cuts)).calls).toEqual(readJsonl(lines).calls);
      }),
      { numRuns: 100 },
    );
  });
});

describe('damaged bytes', () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 });

  it('of a capture never end in an exception, and never lose what lies before', () => {
    fc.assert(
      fc.property(arbitraryTrace, damage, (tell, changes) => {
        const bytes = writeScap(tell);
        const first = Math.min(...changes.map(([at]) => at % bytes.length));
        const whole = readScap(bytes);
        const before = readScap(bytes.slice(0, first)).sink.events;
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const damaged = readScap(bytes);
        const numbers = (events: readonly RecordedEvent[]) => events.map(({ num, time }) => [num, time]);
        expect(numbers(damaged.sink.events).slice(0, before.length)).toEqual(numbers(before));
        expect(damaged.eventCount).toBeLessThanOrEqual(whole.eventCount + bytes.length);
      }),
      { numRuns: 500 },
    );
  });

  it('of lines never end in an exception, and cost their own line only', () => {
    fc.assert(
      fc.property(arbitraryTrace, damage, (tell, changes) => {
        const bytes = new TextEncoder().encode(writeJsonl(tell));
        for (const [at, value] of changes) {
          const place = at % bytes.length;
          if (bytes[place] !== 0x0a && value !== 0x0a) bytes[place] = value;
        }
        const lines = bytes.filter((byte) => byte === 0x0a).length;
        const { calls, diagnostics } = readJsonl(bytes);
        const broken = diagnostics.filter(({ code }) => code === 'TRACE_BAD_LINE').length;
        // A section that lost its record begins all the same.
        expect(calls.length + broken).toBeGreaterThanOrEqual(lines - 1);
      }),
      { numRuns: 500 },
    );
  });
});
