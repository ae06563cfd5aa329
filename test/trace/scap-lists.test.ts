import { describe, expect, it } from 'vitest';
import type { FileEntry, ProcessEntry } from '../../engine/model/snapshot.ts';
import {
  ascii,
  block,
  entry,
  eventBlock,
  joined,
  section,
  text,
  u16,
  u32,
  u64,
  u8,
  type Bytes,
} from './block-bytes.ts';
import { readScap } from './reading.ts';

const EVENT = eventBlock({ type: 'PROCINFO_E', params: [u64(1), u64(2)] });
const capture = (...blocks: Uint8Array[]) => readScap(joined(section(), ...blocks, EVENT));

/** The fields of a process entry that every version has, with those that `version` added in their places. */
function processBytes(version: number): Bytes {
  const from = (first: number, bytes: Bytes) => (version >= first ? bytes : []);
  return [
    ...[u64(12), u64(10), u64(1)].flat(),
    ...from(6, u64(7)),
    ...from(8, u64(8)),
    ...text('bash'),
    ...text('-bash'),
    ...from(7, text('/bin/bash')),
    ...text('-c\0ls'),
    ...text('/root'),
    ...[u64(1024), u32(8193), u32(1000), u32(100)].flat(),
    ...from(2, [u32(1), u32(2), u32(3), u64(4), u64(5)].flat()),
    ...from(3, text('A=1\0B=2\0')),
    ...from(4, [...u64(2), ...u64(3), ...text('cpu=/x\0')]),
    ...from(5, text('/jail')),
  ];
}

const PROCESS_TYPES = [
  [1, 0x202],
  [1, 0x8000abcd],
  [2, 0x207],
  [2, 0x8013abcd],
  [3, 0x209],
  [3, 0x8014abcd],
  [4, 0x210],
  [5, 0x211],
  [6, 0x212],
  [7, 0x213],
  [8, 0x214],
] as const;

describe('process lists', () => {
  it.each(PROCESS_TYPES)(
    'of version %i (type %i) give what that version wrote and defaults for the rest',
    (version, type) => {
      const { sink, codes } = capture(block(type, processBytes(version), processBytes(version)));
      const [first, second] = sink.of<ProcessEntry>('process');
      expect(codes).toEqual([]);
      expect(second).toEqual(first);
      expect(first).toMatchObject({
        tid: 12,
        pid: 10,
        ptid: 1,
        comm: 'bash',
        exe: '-bash',
        cwd: '/root',
        uid: 1000,
        gid: 100,
      });
      expect(first!.args).toEqual(['-c', 'ls']);
      expect(first!.majorFaults).toBe(version >= 2 ? 4 : 0);
      expect(first!.env).toEqual(version >= 3 ? ['A=1', 'B=2'] : []);
      expect([first!.vtid, first!.vpid]).toEqual(version >= 4 ? [2, 3] : [-1, -1]);
      expect(first!.cgroups).toEqual(version >= 4 ? ['cpu=/x'] : []);
      expect(first!.root).toBe(version >= 5 ? '/jail' : '');
      expect(first!.sid).toBe(version >= 6 ? 7 : -1);
      expect(first!.exepath).toBe(version >= 7 ? '/bin/bash' : '');
      expect(first!.vpgid).toBe(version >= 8 ? 8 : -1);
      expect(first!.loginuid).toBe(0xffffffff);
    },
  );

  const OLD_TAIL = [...u32(5), ...u8(1), ...u64(0x11), ...u64(0x22), ...u64(0x33)];
  const NEW_TAIL = [
    [...u64(99), ...u32(34816), ...OLD_TAIL],
    [...u8(1), ...u64(0x1234), ...u64(1n << 60n), ...u64(77), ...u8(1), ...u8(1), ...u64(55)],
  ].flat();
  const tails: readonly [string, Bytes, Partial<ProcessEntry>][] = [
    ['nothing (Aug 2018)', [], { loginuid: 0xffffffff, exeWritable: false, tty: 0 }],
    ['loginuid (2018)', OLD_TAIL.slice(0, 4), { loginuid: 5, exeWritable: false }],
    ['exe writable (2021)', OLD_TAIL.slice(0, 5), { loginuid: 5, exeWritable: true, capEffective: 0 }],
    ['capabilities (2022)', OLD_TAIL, { capInheritable: 0x11, capPermitted: 0x22, capEffective: 0x33, tty: 0 }],
    [
      'tty and exe inode (libs 0.10)',
      NEW_TAIL.slice(0, 66),
      { pidnsInitStart: 99, tty: 34816, loginuid: 5, exeInode: 0x1234, exeCtime: 1n << 60n },
    ],
    ['memfd (libs 0.12)', NEW_TAIL.slice(0, 67), { exeMtime: 77, exeFromMemfd: true, exeLowerLayer: false }],
    ['lower layer (libs 0.18)', NEW_TAIL.slice(0, 68), { exeUpperLayer: true, exeLowerLayer: true, pgid: -1 }],
    ['pgid (libs 0.19)', NEW_TAIL, { pgid: 55 }],
    ['what a later version may append', [...NEW_TAIL, 1, 2, 3], { pgid: 55 }],
  ];
  it.each(tails)('of version 9 end with %s', (_name, tail, expected) => {
    const bytes = entry(processBytes(8), tail);
    const { sink, codes } = capture(block(0x215, bytes, bytes));
    expect(codes).toEqual([]);
    expect(sink.of('process')).toHaveLength(2);
    for (const process of sink.of('process'))
      expect(process).toMatchObject({ comm: 'bash', root: '/jail', ...expected });
  });

  it('cut texts at a NUL, as C does, and keep empty arguments', () => {
    const parts = [u64(1), u64(1), u64(0), text('a\0b'), text('x'), text('a\0\0b\0'), text('/')];
    const { sink } = capture(block(0x202, ...parts, u64(-1), u32(0), u32(0), u32(0)));
    expect(sink.of('process')[0]).toMatchObject({ comm: 'a', args: ['a', '', 'b'], fdLimit: -1 });
  });

  it('stop the reading where an entry is shorter than its fields', () => {
    const bytes = processBytes(8);
    const { diagnostics, eventCount, sink } = capture(block(0x215, entry(bytes), u32(bytes.length), bytes));
    expect(diagnostics).toMatchObject([{ code: 'TRACE_CORRUPT_BLOCK', severity: 'error', byteOffset: 28 }]);
    expect(sink.of('process')).toHaveLength(1);
    expect(eventCount).toBe(0);
  });

  it.each([
    ['comm', 1025, 0],
    ['args', 4097, 1],
  ])('refuse %s of %i bytes', (name, length, place) => {
    const texts = ['c', 'e', 'a', '/'];
    texts[place === 0 ? 0 : 2] = 'x'.repeat(length);
    const bytes = [u64(1), u64(1), u64(0), ...texts.map(text), u64(0), u32(0), u32(0), u32(0)];
    const { diagnostics } = capture(block(0x202, ...bytes));
    expect(diagnostics[0]).toMatchObject({ code: 'TRACE_CORRUPT_BLOCK' });
    expect(diagnostics[0]!.message).toContain(`${name} is ${length} bytes long`);
  });
});

describe('file lists', () => {
  const head = (fd: number, kind: number) => [...u64(fd), ...u64(77), ...u8(kind)];
  const v4 = [10, 0, 0, 1];
  const v6 = [0xfe, 0x80, ...Array.from({ length: 13 }, () => 0), 1];
  const payloads: readonly [string, number, Bytes, Partial<FileEntry>][] = [
    ['an old regular file', 1, text('/etc/hosts'), { kind: 'file', name: '/etc/hosts' }],
    ['a directory', 2, text('/etc'), { kind: 'directory', name: '/etc' }],
    [
      'an ipv4 socket',
      3,
      [...v4, 8, 8, 8, 8, ...u16(4242), ...u16(53), 3],
      { kind: 'ipv4', sourceIp: '\n\0\0\x01', destIp: '\b\b\b\b', sourcePort: 4242, destPort: 53, l4: 3 },
    ],
    ['an ipv6 socket', 4, [...v6, ...v6, ...u16(1), ...u16(2), 2], { kind: 'ipv6', sourcePort: 1, destPort: 2, l4: 2 }],
    [
      'an ipv4 server',
      5,
      [...v4, ...u16(80), 2],
      { kind: 'ipv4-server', sourceIp: '\n\0\0\x01', sourcePort: 80, l4: 2 },
    ],
    ['an ipv6 server', 6, [...v6, ...u16(80), 2], { kind: 'ipv6-server', sourcePort: 80 }],
    ['a pipe', 7, text('pipe:[1]'), { kind: 'fifo', name: 'pipe:[1]' }],
    [
      'a unix socket',
      8,
      [...u64(1n << 63n), ...u64(2), ...text('/run/x\n')],
      { kind: 'unix', name: '/run/x\n', sourcePointer: 1n << 63n, destPointer: 2 },
    ],
    ['an eventfd', 9, text('[eventfd]'), { kind: 'event' }],
    ['a file', 16, [...u32(3), ...text('/x')], { kind: 'file', kindCode: 16, openFlags: 3, name: '/x', device: 0 }],
    ['a pidfd', 21, text('[pidfd]'), { kind: 'pidfd' }],
  ];

  it.each(payloads)('hold %s in both versions', (_name, kind, payload, expected) => {
    const bytes = [...head(5, kind), ...payload];
    for (const list of [block(0x203, u64(12), bytes, bytes), block(0x218, u64(12), entry(bytes), entry(bytes))]) {
      const { calls, codes } = capture(list);
      const [, tid, files] = calls.find(([name]) => name === 'files') as ['files', number, FileEntry[]];
      expect(codes).toEqual([]);
      expect(tid).toBe(12);
      expect(files).toHaveLength(2);
      expect(files[1]).toMatchObject({ fd: 5, inode: 77, ...expected });
    }
  });

  it('of version 2 give the device of a file where it is written', () => {
    const { calls } = capture(block(0x218, u64(1), entry(head(3, 16), u32(1), text('/x'), u32(0x801))));
    expect(calls.find(([name]) => name === 'files')![2]).toMatchObject([{ name: '/x', device: 0x801 }]);
  });

  it('of version 2 pass over what a later version appended, and name kinds it added', () => {
    const { calls, codes } = capture(
      block(
        0x218,
        u64(1),
        entry(head(3, 7), text('p'), [1, 2, 3]),
        entry(head(4, 99), [9, 9]),
        entry(head(5, 7), text('q')),
      ),
    );
    const files = calls.find(([name]) => name === 'files')![2] as FileEntry[];
    expect(files.map(({ fd, kind, name }) => [fd, kind, name])).toEqual([
      [3, 'fifo', 'p'],
      [4, 'unsupported', 'unknown-type:[99]'],
      [5, 'fifo', 'q'],
    ]);
    expect(codes).toEqual([]);
  });

  it('of version 1 end at a kind that can not be skipped, and the reading goes on', () => {
    const { calls, codes, eventCount } = capture(
      block(0x203, u64(1), head(3, 7), text('p'), head(4, 99), [9, 9, 9, 9, 9, 9]),
    );
    expect(calls.find(([name]) => name === 'files')![2]).toMatchObject([{ name: 'p' }]);
    expect(codes).toEqual(['TRACE_UNKNOWN_ENTRY']);
    expect(eventCount).toBe(1);
  });

  it('never keep a file of an unknown kind 0, as libs', () => {
    const { calls } = capture(block(0x218, u64(1), entry(head(3, 0)), entry(head(4, 7), text('p'))));
    expect(calls.find(([name]) => name === 'files')![2]).toMatchObject([{ fd: 4 }]);
  });
});

describe('other lists', () => {
  it('of interfaces give addresses of both families, with and without a speed, in both versions', () => {
    const v4 = (kind: number, speed: Bytes) => [
      ...u16(kind),
      ...u16(2),
      127,
      0,
      0,
      1,
      255,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      ...speed,
      ...ascii('lo'),
    ];
    const v6 = (kind: number, speed: Bytes) => [
      ...u16(kind),
      ...u16(4),
      ...Array.from({ length: 48 }, (_, i) => i),
      ...speed,
      ...ascii('eth0'),
    ];
    const entries = [v4(1, u64(10)), v6(2, u64(20)), v4(3, []), v6(4, [])];
    const counted = entries.map((bytes) => [...u32(bytes.length), ...bytes]);
    const lists = [block(0x205, ...entries), block(0x8011abcd, ...entries), block(0x219, ...counted)];
    for (const list of lists) {
      const { sink, codes } = capture(list);
      expect(codes).toEqual([]);
      expect(sink.of('interfaces')[0]).toMatchObject([
        { name: 'lo', address: '\x7f\0\0\x01', netmask: '\xff\0\0\0', linkSpeed: 10 },
        { name: 'eth0', linkSpeed: 20 },
        { name: 'lo', linkSpeed: undefined },
        { name: 'eth0', linkSpeed: undefined },
      ]);
    }
  });

  it('of interfaces pass over unknown kinds where they tell their length', () => {
    const { sink, codes } = capture(block(0x219, u32(6), u16(9), [1, 2, 3, 4]));
    expect(sink.of('interfaces')).toEqual([[]]);
    expect(codes).toEqual(['TRACE_UNKNOWN_ENTRY']);
  });

  it('of accounts give users and groups in both versions', () => {
    const user = [...u8(0), ...u32(1000), ...u32(100), ...text('eve'), ...text('/home/eve'), ...text('/bin/sh')];
    const group = [...u8(1), ...u32(100), ...text('users')];
    for (const list of [
      block(0x206, user, group),
      block(0x8012abcd, user, group),
      block(0x220, entry(user), entry(group, [1, 2])),
    ]) {
      const { calls, codes } = capture(list);
      expect(codes).toEqual([]);
      expect(calls.find(([name]) => name === 'users')).toEqual([
        'users',
        [{ uid: 1000, gid: 100, name: 'eve', home: '/home/eve', shell: '/bin/sh' }],
        [{ gid: 100, name: 'users' }],
      ]);
    }
  });

  it('of the machine give every field', () => {
    const body = [
      ...u32(4),
      ...u64(1n << 35n),
      ...u64(4194304),
      ...ascii('web-1'.padEnd(128, '\0')),
      ...u64(1n << 60n),
      ...u64(3),
      ...u64(0),
      ...u64(0),
    ];
    for (const type of [0x201, 0x8002abcd]) {
      expect(capture(block(type, body)).sink.of('machine')).toEqual([
        { cpus: 4, memoryBytes: 2 ** 35, maxPid: 4194304, hostname: 'web-1', bootTime: 1n << 60n, flags: 3 },
      ]);
    }
  });
});
