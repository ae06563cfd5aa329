import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { detectEncoding } from '../../engine/trace/detect-encoding.ts';
import { DetectingReader } from '../../engine/trace/detecting-reader.ts';
import { eventBlock, joined, section, u64 } from './block-bytes.ts';
import { cutInto, readScap } from './reading.ts';
import { RecordingSink } from './recording-sink.ts';

interface Case {
  name: string;
  hex?: string;
  text?: string;
  encoding: string;
  says?: string;
  hint?: string;
}

const cases = load(readFileSync(new URL('../cases/trace/first-bytes.yaml', import.meta.url), 'utf8')) as Case[];
const bytesOf = ({ hex, text }: Case) =>
  new Uint8Array(hex === undefined ? Buffer.from(text!) : Buffer.from(hex.replaceAll(' ', ''), 'hex'));

describe('first bytes', () => {
  it.each(cases)('tell the encoding: $name', (example) => {
    expect(detectEncoding(bytesOf(example)) ?? 'too few').toBe(example.encoding);
  });

  it.each(cases.filter(({ says }) => says !== undefined))('that are no trace are explained: $name', (example) => {
    for (const size of [1, 3, 1000]) {
      const reader = new DetectingReader(new RecordingSink());
      for (const chunk of cutInto(bytesOf(example), [size])) reader.push(chunk);
      reader.end();
      expect(reader.diagnostics).toMatchObject([{ code: 'TRACE_UNKNOWN_ENCODING', severity: 'error', byteOffset: 0 }]);
      expect(reader.diagnostics[0]!.message).toContain(example.says);
      if (example.hint !== undefined) expect(reader.diagnostics[0]!.hint).toContain(example.hint);
    }
  });

  it.each(cases.filter(({ encoding, says }) => encoding !== 'scap' && says !== undefined))(
    'are refused as a capture: $name',
    (example) => {
      expect(readScap(bytesOf(example)).codes).toEqual(['TRACE_NOT_SCAP']);
    },
  );
});

describe('the reader that detects', () => {
  const scap = joined(section(), eventBlock({ type: 'SYSCALL_CLOSE_X', params: [u64(0), u64(3)] }));
  const jsonl = new TextEncoder().encode('{"time":1,"type":"SYSCALL_CLOSE_X","params":{"res":0,"fd":3}}\n');

  it.each([
    ['scap', scap],
    ['jsonl', jsonl],
  ])('reads %s however it is cut', (_name, bytes) => {
    for (const size of [1, 2, 5, 1000]) {
      const sink = new RecordingSink();
      const reader = new DetectingReader(sink);
      for (const chunk of cutInto(bytes, [size])) reader.push(chunk);
      reader.end();
      expect(reader.diagnostics).toEqual([]);
      expect(reader.eventCount).toBe(1);
      expect(sink.events[0]).toMatchObject({
        type: 'SYSCALL_CLOSE_X',
        params: ['0000000000000000', '0300000000000000'],
      });
    }
  });

  it('says that nothing is no trace', () => {
    const reader = new DetectingReader(new RecordingSink());
    reader.end();
    expect(reader.diagnostics).toMatchObject([{ code: 'TRACE_EMPTY' }]);
  });
});
