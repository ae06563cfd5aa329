import { describe, expect, it } from 'vitest';
import { buildEvent } from '../../engine/model/event-builder.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { ScapWriter } from '../../engine/trace/scap/scap-writer.ts';
import { emptyFile } from '../../engine/trace/scap/file-list.ts';
import { emptyProcess } from '../../engine/trace/scap/process-list.ts';
import { ascii, block, entry, event, eventBlock, joined, section, text, u16, u32, u64, u8 } from './block-bytes.ts';
import { readScap, writeScap } from './reading.ts';

const PROCESS = {
  ...emptyProcess(),
  tid: 12,
  pid: 10,
  ptid: 1,
  sid: 7,
  vpgid: 8,
  pgid: 55,
  vtid: 2,
  vpid: 3,
  tty: 34816,
  loginuid: 5,
  uid: 1000,
  gid: 100,
  comm: 'bash',
  exe: '-bash',
  exepath: '/bin/bash',
  args: ['-c', 'ls'],
  env: ['A=1'],
  cwd: '/root',
  cgroups: ['cpu=/x'],
  root: '/jail',
  fdLimit: 1024,
  flags: 8193,
  vmSize: 1,
  vmRss: 2,
  vmSwap: 3,
  majorFaults: 4,
  minorFaults: 5,
  exeWritable: true,
  capInheritable: 17,
  capPermitted: 34,
  capEffective: 2n ** 63n,
  exeInode: 4660,
  exeCtime: 6,
  exeMtime: 77,
  exeLowerLayer: true,
  pidnsInitStart: 99,
};

/** The same as libs 0.25.4 writes it. */
const PROCESS_BYTES = entry(
  [
    u64(12),
    u64(10),
    u64(1),
    u64(7),
    u64(8),
    text('bash'),
    text('-bash'),
    text('/bin/bash'),
    text('-c\0ls\0'),
    text('/root'),
  ].flat(),
  [u64(1024), u32(8193), u32(1000), u32(100), u32(1), u32(2), u32(3), u64(4), u64(5), text('A=1\0')].flat(),
  [
    u64(2),
    u64(3),
    text('cpu=/x\0'),
    text('/jail'),
    u64(99),
    u32(34816),
    u32(5),
    u8(1),
    u64(17),
    u64(34),
    u64(1n << 63n),
  ].flat(),
  [u8(0), u64(4660), u64(6), u64(77), u8(0), u8(1), u64(55)].flat(),
);

const written = (produce: (sink: TraceSink) => void) => Buffer.from(writeScap(produce)).toString('hex');
const hex = (...blocks: Uint8Array[]) => Buffer.from(joined(...blocks)).toString('hex');

describe('a written capture', () => {
  it('begins each section with a header of version 1.2', () => {
    expect(written((sink) => sink.section())).toBe(hex(section(1, 2)));
  });

  it('tells the machine in 180 bytes', () => {
    const body = [u32(4), u64(8), u64(32768), ascii('web-1'.padEnd(128, '\0')), u64(1n << 60n), u64(3), u64(0), u64(0)];
    const machine = { cpus: 4, memoryBytes: 8, maxPid: 32768, hostname: 'web-1', bootTime: 1n << 60n, flags: 3 };
    expect(written((sink) => sink.machine(machine))).toBe(hex(block(0x201, ...body)));
    expect(block(0x201, ...body)).toHaveLength(192);
  });

  it('lists interfaces with lengths that do not count themselves', () => {
    const v4 = [u16(1), u16(2), [127, 0, 0, 1], [255, 0, 0, 0], [0, 0, 0, 0], u64(10), ascii('lo')].flat();
    const v6 = [u16(4), u16(4), Array.from({ length: 48 }, () => 1), ascii('eth0')].flat();
    const ones = '\x01'.repeat(16);
    const list = [
      { name: 'lo', address: '\x7f\0\0\x01', netmask: '\xff\0\0\0', broadcast: '\0\0\0\0', linkSpeed: 10 },
      { name: 'eth0', address: ones, netmask: ones, broadcast: ones, linkSpeed: undefined },
    ];
    expect(written((sink) => sink.interfaces(list))).toBe(hex(block(0x219, u32(v4.length), v4, u32(v6.length), v6)));
  });

  it('lists users, then groups', () => {
    const user = entry(u8(0), u32(1000), u32(100), text('eve'), text('/home/eve'), text('/bin/sh'));
    const group = entry(u8(1), u32(100), text('users'));
    expect(
      written((sink) =>
        sink.users(
          [{ uid: 1000, gid: 100, name: 'eve', home: '/home/eve', shell: '/bin/sh' }],
          [{ gid: 100, name: 'users' }],
        ),
      ),
    ).toBe(hex(block(0x220, user, group)));
  });

  it('lists processes that follow one another in one block', () => {
    const produce = (sink: TraceSink) => {
      sink.process(PROCESS);
      sink.process(PROCESS);
      sink.files(12, []);
      sink.process(PROCESS);
    };
    const files = block(0x218, u64(12));
    expect(files).toHaveLength(20);
    expect(written(produce)).toBe(hex(block(0x215, PROCESS_BYTES, PROCESS_BYTES), files, block(0x215, PROCESS_BYTES)));
  });

  it('lists files of every kind', () => {
    const file = (kind: number, fields: object) => ({ ...emptyFile(3, kind), inode: 9, ...fields });
    const head = (kind: number) => [u64(3), u64(9), u8(kind)].flat();
    const v4 = { sourceIp: '\n\0\0\x01', destIp: '\n\0\0\x02', sourcePort: 1, destPort: 2, l4: 2 };
    const entries = [
      file(16, { name: '/x', openFlags: 7, device: 0x801 }),
      file(3, v4),
      file(5, v4),
      file(8, { name: '/run/x', sourcePointer: 2n ** 64n - 1n, destPointer: 4 }),
      file(7, { name: 'pipe:[1]' }),
    ];
    const bytes = [
      entry(head(16), u32(7), text('/x'), u32(0x801)),
      entry(head(3), [10, 0, 0, 1, 10, 0, 0, 2], u16(1), u16(2), u8(2)),
      entry(head(5), [10, 0, 0, 1], u16(1), u8(2)),
      entry(head(8), u64(-1), u64(4), text('/run/x')),
      entry(head(7), text('pipe:[1]')),
    ];
    expect(written((sink) => sink.files(12, entries))).toBe(hex(block(0x218, u64(12), ...bytes)));
  });

  it('gives each event a block, of the kind that its type and its flags need', () => {
    const close = buildEvent('SYSCALL_CLOSE_X', { time: 5n, tid: 7, cpu: 2 }, [0, 3]);
    const container = buildEvent('CONTAINER_JSON_2_E', { time: 6n, tid: -1 }, ['{}']);
    const hidden = buildEvent('SYSCALL_CLOSE_X', { time: 7n, tid: 7 }, [0, 3]);
    hidden.stateOnly = true;
    const parts = { type: 'SYSCALL_CLOSE_X', params: [u64(0), u64(3)], tid: 7 };
    expect(
      written((sink) => {
        for (const each of [close, container, hidden]) sink.event(each);
      }),
    ).toBe(
      hex(
        eventBlock({ ...parts, time: 5n, cpu: 2 }),
        block(
          0x221,
          u16(0),
          event({ type: 'CONTAINER_JSON_2_E', params: [ascii('{}\0')], width: 4, time: 6n, tid: -1 }),
        ),
        block(0x217, u16(0), u32(1), event({ ...parts, time: 7n })),
      ),
    );
  });

  it('is handed on in chunks of whole blocks', () => {
    const chunks: Uint8Array[] = [];
    const writer = new ScapWriter((bytes) => chunks.push(bytes));
    const close = buildEvent('SYSCALL_CLOSE_X', { time: 5n, tid: 7 }, [0, 3]);
    writer.section();
    for (let i = 0; i < 10_000; i++) writer.event(close);
    expect(chunks.length).toBeGreaterThan(5);
    writer.end();
    let complete = 0;
    for (const [index] of chunks.entries()) {
      const { codes, eventCount } = readScap(joined(...chunks.slice(0, index + 1)));
      expect(codes).toEqual([]);
      expect(eventCount).toBeGreaterThan(complete);
      complete = eventCount;
    }
    expect(complete).toBe(10_000);
  });
});

describe('what a capture can not hold', () => {
  it('is cut and told: long texts', () => {
    let diagnostics: readonly unknown[] = [];
    const chunks: Uint8Array[] = [];
    const writer = new ScapWriter((bytes) => chunks.push(bytes));
    writer.section();
    writer.process({ ...emptyProcess(), comm: 'x'.repeat(2000), args: ['a'.repeat(5000)], env: ['e'.repeat(4096)] });
    writer.end();
    diagnostics = writer.diagnostics;
    const [process] = readScap(joined(...chunks)).sink.of<{ comm: string; args: string[]; env: string[] }>('process');
    expect([process!.comm.length, process!.args[0]!.length, process!.env[0]!.length]).toEqual([1024, 4096, 4096]);
    expect(diagnostics).toMatchObject([{ code: 'TRACE_TOO_LARGE', severity: 'warning' }]);
  });

  it('is left out and told: events that no block has room for', () => {
    const writer = new ScapWriter(() => {});
    writer.section();
    writer.event(buildEvent('SYSCALL_OPEN_X', { time: 5n, tid: 7 }, [3, 'x'.repeat(70_000)]));
    writer.end();
    expect(writer.diagnostics).toMatchObject([{ code: 'TRACE_TOO_LARGE', severity: 'error' }]);
  });
});
