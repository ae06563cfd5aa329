import { describe, expect, it } from 'vitest';
import { Conversion, type TargetEncoding } from '../../engine/convert.ts';

const LINES = `{"section":1}
{"machine":{"cpus":2,"hostname":"web-1"}}
{"process":{"tid":7,"pid":7,"ptid":1,"comm":"sh","exe":"sh"}}
{"num":1,"time":1700000000123456789,"tid":7,"cpu":0,"type":"SYSCALL_CLOSE_X","params":{"res":0,"fd":3}}
`;

function convert(to: TargetEncoding, ...chunks: readonly Uint8Array[]) {
  const out: Uint8Array[] = [];
  const conversion = new Conversion(to, (bytes) => out.push(bytes));
  for (const chunk of chunks) conversion.push(chunk);
  conversion.end();
  return {
    bytes: new Uint8Array(Buffer.concat(out)),
    diagnostics: conversion.diagnostics,
    eventCount: conversion.eventCount,
  };
}

describe('convert', () => {
  const jsonl = new TextEncoder().encode(LINES);

  it('turns lines of JSON into a capture and back', () => {
    const capture = convert('scap', jsonl);
    expect(capture).toMatchObject({ diagnostics: [], eventCount: 1 });
    expect([...capture.bytes.subarray(0, 4)]).toEqual([0x0a, 0x0d, 0x0d, 0x0a]);
    const back = convert('jsonl', capture.bytes);
    expect(back).toMatchObject({ diagnostics: [], eventCount: 1 });
    expect(new TextDecoder().decode(back.bytes)).toBe(LINES);
  });

  it('leaves a trace of the same encoding as it is', () => {
    expect(new TextDecoder().decode(convert('jsonl', jsonl).bytes)).toBe(LINES);
    const capture = convert('scap', jsonl).bytes;
    expect(convert('scap', capture).bytes).toEqual(capture);
  });

  it('gives the same bytes from chunks of any size', () => {
    const whole = convert('scap', jsonl).bytes;
    const pieces = Array.from(jsonl, (byte) => Uint8Array.of(byte));
    expect(convert('scap', ...pieces).bytes).toEqual(whole);
  });

  it('writes what it could read of a trace that is broken, and says what is wrong', () => {
    const { bytes, diagnostics, eventCount } = convert('jsonl', convert('scap', jsonl).bytes.slice(0, -6));
    expect(diagnostics.map(({ code }) => code)).toEqual(['TRACE_TRUNCATED', 'TRACE_NO_EVENTS']);
    expect(eventCount).toBe(0);
    expect(new TextDecoder().decode(bytes)).toBe(LINES.split('\n').slice(0, 3).join('\n') + '\n');
  });

  it('refuses what is no trace', () => {
    const { bytes, diagnostics } = convert('scap', Uint8Array.of(0x1f, 0x8b, 8, 0));
    expect(bytes).toHaveLength(0);
    expect(diagnostics).toMatchObject([{ code: 'TRACE_UNKNOWN_ENCODING', severity: 'error' }]);
  });
});
