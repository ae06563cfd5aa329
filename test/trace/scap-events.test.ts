import { describe, expect, it } from 'vitest';
import { EVENT_TYPES, eventCode } from '../../engine/model/event-types.ts';
import { ScapReader } from '../../engine/trace/scap/scap-reader.ts';
import { WANT } from '../../engine/trace/wants.ts';
import {
  block,
  event,
  eventBlock,
  joined,
  section,
  u16,
  u32,
  u64,
  v1EventBlock,
  ascii,
  type Bytes,
} from './block-bytes.ts';
import { readScap } from './reading.ts';
import { RecordingSink } from './recording-sink.ts';

const capture = (...blocks: Uint8Array[]) => readScap(joined(section(), ...blocks));
const PROCINFO = { type: 'PROCINFO_E', params: [u64(1), u64(2)] };
const CLOSE = { type: 'SYSCALL_CLOSE_X', params: [u64(0), u64(3)] };

describe('events', () => {
  it('give time, thread, cpu, type and parameters', () => {
    const { sink, codes } = capture(eventBlock({ ...CLOSE, time: 1700000000123456789n, tid: 42, cpu: 7 }));
    expect(codes).toEqual([]);
    expect(sink.events).toEqual([
      {
        num: 1,
        time: 1700000000123456789n,
        tid: 42,
        cpu: 7,
        type: 'SYSCALL_CLOSE_X',
        stateOnly: false,
        params: ['0000000000000000', '0300000000000000'],
      },
    ]);
  });

  it('about no thread have thread -1', () => {
    expect(capture(eventBlock({ ...PROCINFO, tid: -1 })).sink.events[0]!.tid).toBe(-1);
  });

  it('of the large kind have lengths of four bytes', () => {
    const json = [...ascii('{"id":"'), ...ascii('x'.repeat(70_000)), ...ascii('"}'), 0];
    const bytes = event({ type: 'CONTAINER_JSON_2_E', params: [json], width: 4, tid: -1 });
    const { sink, codes } = capture(block(0x221, u16(0), bytes), block(0x222, u16(0), u32(0), bytes));
    expect(codes).toEqual([]);
    expect(sink.events.map(({ params }) => params[0]!.length)).toEqual([json.length * 2, json.length * 2]);
  });

  it('with dump flags are for the state only where the first flag says so', () => {
    const flagged = (flags: number) => block(0x217, u16(0), u32(flags), event(CLOSE));
    const v1 = (flags: number) => {
      const whole = event(CLOSE);
      return block(
        0x208,
        u16(0),
        u32(flags),
        whole.slice(0, 16),
        u32(whole.length - 4),
        whole.slice(20, 22),
        whole.slice(26),
      );
    };
    const { sink, codes } = capture(flagged(0), flagged(1), flagged(2), v1(3), v1(4));
    expect(codes).toEqual([]);
    expect(sink.events.map(({ num, stateOnly }) => [num, stateOnly])).toEqual([
      [1, false],
      [2, true],
      [3, false],
      [4, true],
      [5, false],
    ]);
  });

  it('may be followed by options in their block', () => {
    const comment = [...u16(1), ...u16(5), ...ascii('hello\0\0\0'), ...u16(0), ...u16(0)];
    expect(capture(eventBlock(CLOSE, comment)).sink.events[0]!.params).toHaveLength(2);
  });

  it('with more parameters than are known give the known ones', () => {
    const { sink, codes } = capture(eventBlock({ ...CLOSE, params: [...CLOSE.params, u64(9), u64(9)] }));
    expect(codes).toEqual([]);
    expect(sink.events[0]!.params).toHaveLength(2);
  });

  it('of a type that is not known are passed over, not numbered, and told once', () => {
    const unknown = eventBlock({ type: EVENT_TYPES.length + 3, params: [u64(1)] });
    const { sink, diagnostics, eventCount } = capture(unknown, eventBlock(CLOSE), unknown, eventBlock(CLOSE));
    expect(sink.events.map(({ num }) => num)).toEqual([1, 2]);
    expect(eventCount).toBe(2);
    expect(diagnostics).toMatchObject([{ code: 'TRACE_UNKNOWN_EVENT_TYPE', severity: 'warning' }]);
    expect(diagnostics[0]!.message).toContain('2 events');
    expect(diagnostics[0]!.hint).toContain(String(EVENT_TYPES.length + 3));
  });
});

describe('events of version 1', () => {
  const cases: readonly [string, readonly Bytes[]][] = [
    ['SYSCALL_CLOSE_X', CLOSE.params],
    ['PROCINFO_E', PROCINFO.params],
    ['SYSCALL_READ_X', [u64(4), ascii('data'), u64(3), u32(80)]],
    // Sixteen of the parameters of today: the count follows from the length alone.
    ['SYSCALL_PIPE_X', [u64(0), u64(3), u64(4), u64(99)]],
  ];
  it.each(cases)('find out how many parameters %s has', (type, params) => {
    for (const blockType of [0x204, 0x8010abcd]) {
      const { sink, codes } = capture(v1EventBlock({ type, params }, blockType));
      expect(codes).toEqual([]);
      const hex = params.map((param) => Buffer.from(param).toString('hex'));
      expect(sink.events[0]!.params.slice(0, params.length)).toEqual(hex);
    }
  });

  it('correct the length that two types carried wrongly', () => {
    const whole = event({ type: 'NOTIFICATION_E', params: [ascii('id\0'), ascii('text\0')] });
    const { sink, codes } = capture(
      block(
        0x204,
        u16(0),
        whole.slice(0, 16),
        u32(whole.length - 4 + 3),
        whole.slice(20, 22),
        whole.slice(26),
        [0, 0, 0],
      ),
    );
    expect(codes).toEqual([]);
    expect(sink.events[0]!.params).toEqual(['696400', '7465787400']);
  });

  it('that fit no number of parameters are read without them', () => {
    const { sink, codes } = capture(
      v1EventBlock({ type: 'PROCINFO_E', params: [u64(1), u64(2), u64(3)] }),
      eventBlock(CLOSE),
    );
    expect(codes).toEqual(['TRACE_CORRUPT_EVENT']);
    expect(sink.events.map(({ params }) => params)).toEqual([
      ['', ''],
      ['0000000000000000', '0300000000000000'],
    ]);
  });
});

describe('events whose parameters lie', () => {
  const lying: readonly [string, (bytes: number[]) => void][] = [
    ['a length reaches past the event', (bytes) => (bytes[26] = 200)],
    ['the event reaches past its block', (bytes) => (bytes[16] = 250)],
    ['the event is shorter than its header', (bytes) => (bytes[16] = 4)],
    ['there are four thousand million parameters', (bytes) => bytes.fill(255, 22, 26)],
  ];
  it.each(lying)('are read without them: %s', (_name, damage) => {
    const bytes = [...event(CLOSE)];
    damage(bytes);
    const { sink, diagnostics, eventCount } = capture(
      eventBlock(CLOSE),
      block(0x216, u16(0), bytes),
      eventBlock(CLOSE),
    );
    expect(eventCount).toBe(3);
    expect(sink.events[1]!.params).toEqual(['', '']);
    expect(diagnostics).toMatchObject([
      { code: 'TRACE_CORRUPT_EVENT', severity: 'warning', byteOffset: 28 + eventBlock(CLOSE).length },
    ]);
  });

  it('are told in full for the first and then counted', () => {
    const bytes = [...event(CLOSE)];
    bytes[26] = 200;
    const { diagnostics } = capture(...Array.from({ length: 100 }, () => block(0x216, u16(0), bytes)));
    expect(diagnostics).toHaveLength(21);
    expect(diagnostics.at(-1)!.message).toBe('and 80 more of this kind');
  });
});

describe('wants', () => {
  it('spare what a consumer has no use for and number events all the same', () => {
    const wants = new Uint8Array(EVENT_TYPES.length).fill(WANT.NOTHING);
    wants[eventCode('SYSCALL_CLOSE_X')] = WANT.ALL;
    wants[eventCode('PROCINFO_E')] = WANT.HEAD;
    const sink = new RecordingSink();
    const reader = new ScapReader(sink, wants);
    const old = { type: 'SYSCALL_CLOSE_X', params: [u64(0)] };
    const entry = { type: 'SYSCALL_CLOSE_E', params: [u64(5)] };
    const other = { type: 'SYSCALL_PIPE_X', params: [u64(0), u64(3), u64(4), u64(99)] };
    reader.push(
      joined(section(), eventBlock(CLOSE), eventBlock(other), eventBlock(PROCINFO), eventBlock(entry), eventBlock(old)),
    );
    reader.end();
    expect(reader.eventCount).toBe(4);
    expect(sink.events.map(({ num, type, params }) => [num, type, params.length, params[1]])).toEqual([
      [1, 'SYSCALL_CLOSE_X', 2, '0300000000000000'],
      [3, 'PROCINFO_E', 0, undefined],
      [4, 'SYSCALL_CLOSE_X', 2, '0500000000000000'],
    ]);
  });
});
