import { describe, expect, it } from 'vitest';
import { block, eventBlock, joined, section, u16, u32, u64, text, entry } from './block-bytes.ts';
import { cutInto, readScap } from './reading.ts';

const CLOSE = eventBlock({ type: 'SYSCALL_CLOSE_X', params: [u64(0), u64(3)] });
const GROUPS = block(0x220, entry([1], u32(7), text('wheel')));
const FILES = block(0x218, u64(1), entry(u64(3), u64(0), [7], text('pipe:[1]')));

describe('a capture', () => {
  it('begins a section at each section header and counts events on', () => {
    const one = joined(section(), GROUPS, CLOSE, CLOSE);
    const { calls, codes, sink } = readScap(joined(one, one));
    expect(codes).toEqual([]);
    expect(calls.map(([name]) => name)).toEqual([
      'section',
      'users',
      'event',
      'event',
      'section',
      'users',
      'event',
      'event',
    ]);
    expect(sink.events.map(({ num }) => num)).toEqual([1, 2, 3, 4]);
  });

  it('may carry options in its section header, and any minor version', () => {
    const options = [...u16(4), ...u16(4), 0x74, 0x65, 0x73, 0x74, ...u16(0), ...u16(0)];
    expect(readScap(joined(section(1, 9, options), CLOSE)).codes).toEqual([]);
    expect(readScap(joined(section(0, 0), CLOSE)).eventCount).toBe(1);
  });

  it('passes over blocks of unknown types wherever they stand', () => {
    const unknown = block(0x777, u32(1), u32(2), u32(3));
    const { eventCount, diagnostics } = readScap(joined(section(), unknown, GROUPS, CLOSE, unknown, CLOSE));
    expect(eventCount).toBe(2);
    expect(diagnostics).toMatchObject([{ code: 'TRACE_UNKNOWN_BLOCK', severity: 'lint', byteOffset: 28 }]);
  });

  it('passes over a list after the first event and says so', () => {
    const { calls, codes } = readScap(joined(section(), CLOSE, GROUPS, CLOSE));
    expect(codes).toEqual(['TRACE_MISPLACED_BLOCK']);
    expect(calls.map(([name]) => name)).toEqual(['section', 'event', 'event']);
  });

  it('without an event is told, and packets are recognised', () => {
    expect(readScap(joined(section(), GROUPS))).toMatchObject({ codes: ['TRACE_NO_EVENTS'] });
    const pcapng = joined(section(1, 0), block(1, u16(1), u16(0), u32(0)), block(6, u32(0), u64(0), u64(0)));
    expect(readScap(pcapng).diagnostics.at(-1)!.hint).toContain('pcapng');
  });
});

describe('a capture that is cut', () => {
  const blocks = [section(), GROUPS, FILES, CLOSE, block(0x777, u32(1)), CLOSE];
  const whole = joined(...blocks);
  /** Where each block ends. */
  const ends = blocks.map((_, i) => joined(...blocks.slice(0, i + 1)).length);

  it.each(Array.from({ length: whole.length }, (_, length) => length))(
    'after %i bytes gives every whole block',
    (length) => {
      const { calls, codes } = readScap(whole.slice(0, length));
      const complete = ends.filter((end) => end <= length).length;
      const delivered = ['section', 'users', 'files', 'event', undefined, 'event']
        .slice(0, complete)
        .filter((name) => name !== undefined);
      expect(calls.map(([name]) => name)).toEqual(delivered);
      const problem = codes.filter(
        (code) => code === 'TRACE_TRUNCATED' || code === 'TRACE_EMPTY' || code === 'TRACE_NOT_SCAP',
      );
      if (length === 0) expect(problem).toEqual(['TRACE_EMPTY']);
      else if (length < 4) expect(problem).toEqual(['TRACE_NOT_SCAP']);
      else expect(problem).toEqual(ends.includes(length) ? [] : ['TRACE_TRUNCATED']);
    },
  );

  it('says where the incomplete block begins', () => {
    const { diagnostics } = readScap(whole.slice(0, ends[2]! + 5));
    expect(diagnostics[0]).toMatchObject({ code: 'TRACE_TRUNCATED', severity: 'error', byteOffset: ends[2] });
  });
});

describe('chunks', () => {
  const events = Array.from({ length: 50 }, (_, i) =>
    eventBlock({ type: 'SYSCALL_CLOSE_X', params: [u64(i), u64(3)], tid: i }),
  );
  const bytes = joined(
    section(),
    GROUPS,
    FILES,
    block(0x777, ...Array.from({ length: 30 }, (_, i) => u32(i))),
    ...events,
  );
  const whole = readScap(bytes);

  it.each([[[1]], [[2]], [[3]], [[7]], [[8]], [[12]], [[64]], [[1, 100]], [[5, 1, 1, 300]], [[0, 13]]])(
    'cut as %j change nothing',
    (sizes) => {
      const pieces = readScap(...cutInto(bytes, sizes));
      expect(pieces.calls).toEqual(whole.calls);
      expect(pieces.diagnostics).toEqual(whole.diagnostics);
    },
  );

  it('report the same place for the same fault', () => {
    const broken = joined(bytes, Uint8Array.from([...u32(0x216), ...u32(5)]), CLOSE);
    const expected = readScap(broken).diagnostics;
    expect(expected.at(-1)).toMatchObject({ code: 'TRACE_CORRUPT_BLOCK', byteOffset: bytes.length });
    for (const size of [1, 3, 8, 20]) expect(readScap(...cutInto(broken, [size])).diagnostics).toEqual(expected);
  });
});

describe('lying blocks', () => {
  const head = (type: number, length: number) => Uint8Array.from([...u32(type), ...u32(length)]);
  const cases: readonly [string, Uint8Array, string][] = [
    ['a length below the least', head(0x216, 8), 'TRACE_CORRUPT_BLOCK'],
    ['an unknown block of no length', head(0x999, 0), 'TRACE_CORRUPT_BLOCK'],
    ['an event too short for its header', head(0x216, 36), 'TRACE_CORRUPT_BLOCK'],
    ['an event longer than its kind can be', head(0x216, 70_000), 'TRACE_CORRUPT_BLOCK'],
    ['a large event of two gigabytes', head(0x221, 0x7fffffff), 'TRACE_BLOCK_TOO_LARGE'],
    ['a list of four gigabytes', head(0x215, 0xfffffffc), 'TRACE_BLOCK_TOO_LARGE'],
    ['a section header too short for one', block(0x0a0d0d0a, u32(0x1a2b3c4d)), 'TRACE_CORRUPT_BLOCK'],
    [
      'a later section of another byte order',
      block(0x0a0d0d0a, [0x1a, 0x2b, 0x3c, 0x4d], u32(0), u64(0)),
      'TRACE_NOT_SCAP',
    ],
  ];
  it.each(cases)('stop the reading at once: %s', (_name, bytes, code) => {
    const { diagnostics, eventCount } = readScap(joined(section(), bytes, CLOSE));
    expect(diagnostics[0]).toMatchObject({ code, severity: 'error', byteOffset: 28 });
    expect(eventCount).toBe(0);
  });

  it('stop the reading where a list does not repeat its length', () => {
    const bytes = GROUPS.slice();
    bytes[bytes.length - 4]! ^= 1;
    expect(readScap(joined(section(), bytes, CLOSE)).codes).toContain('TRACE_CORRUPT_BLOCK');
  });

  it('keep what was read before', () => {
    const { eventCount, codes } = readScap(joined(section(), CLOSE, CLOSE, head(0x216, 9), CLOSE));
    expect(eventCount).toBe(2);
    expect(codes).toEqual(['TRACE_CORRUPT_BLOCK']);
  });

  it('of unknown types that reach past the end leave a truncated trace', () => {
    const { diagnostics, eventCount } = readScap(joined(section(), CLOSE, head(0x999, 0x7fffff00), CLOSE));
    expect(eventCount).toBe(1);
    expect(diagnostics.map(({ code }) => code)).toEqual(['TRACE_UNKNOWN_BLOCK', 'TRACE_TRUNCATED']);
  });

  it('refuse a newer major version', () => {
    expect(readScap(joined(section(2, 0), CLOSE)).diagnostics[0]).toMatchObject({
      code: 'TRACE_NEWER_VERSION',
      byteOffset: 0,
    });
  });
});
