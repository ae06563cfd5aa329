import { describe, expect, it } from 'vitest';
import { addressBytes } from '../../../agent/snapshot/interfaces.ts';
import { fileEntry } from '../../../agent/snapshot/file-entry.ts';
import { programEntry } from '../../../agent/snapshot/thread-entry.ts';
import { FAULT, FILE, PATH, RETURN, SECTION } from '../../../agent/stream/layout.ts';
import type { Record } from '../../../agent/stream/record.ts';
import { Splitter } from '../../../agent/stream/splitter.ts';
import { recordBytes, type SectionInput } from '../stream/records.ts';

/** What is made of one record. */
function made<T>(make: (record: Record) => T, sections: readonly SectionInput[]): T {
  const results: T[] = [];
  new Splitter((record) => void results.push(make(record))).push(recordBytes({ tid: 7, result: 5n }, sections));
  return results[0] as T;
}

function file(mode: number, name: string): SectionInput[] {
  const bytes = Buffer.alloc(32);
  bytes.writeUInt32LE(mode, FILE.MODE);
  bytes.writeUInt32LE(0o2002, FILE.FLAGS);
  bytes.writeBigUInt64LE(77n, FILE.INODE);
  return [
    { tag: SECTION.FILE, note: RETURN, bytes },
    { tag: SECTION.TEXT, note: RETURN, bytes: name },
  ];
}

describe('a process that runs already', () => {
  it('has its paths the right way round', () => {
    const program = made(programEntry, [
      { tag: SECTION.ARGS, bytes: 'nginx\0-g\0daemon off;\0' },
      { tag: SECTION.PATH, note: PATH.EXE, bytes: 'nginx\0sbin\0usr\0' },
      { tag: SECTION.PATH, note: PATH.CWD, fault: FAULT.ROOTLESS, bytes: '/\0' },
      { tag: SECTION.CGROUP, note: 0, bytes: 'abc\0pod\0' },
      { tag: SECTION.CGROUP, note: 0x81, bytes: '' },
      { tag: SECTION.CGROUP, note: 2, bytes: '' },
    ]);
    expect(program).toMatchObject({
      exe: 'nginx',
      args: ['-g', 'daemon off;'],
      exepath: '/usr/sbin/nginx',
      cwd: '/',
      cgroups: ['cpuset=/pod/abc', 'cpu=/pod/abc', 'cpuacct=/'],
    });
  });

  it('has a program without a path where it lies in memory alone', () => {
    const bytes = 'memfd:kworker\0';
    const program = made(programEntry, [{ tag: SECTION.PATH, note: PATH.EXE, fault: FAULT.ROOTLESS, bytes }]);
    expect(program.exepath).toBe('memfd:kworker');
  });
});

describe('a file that is open already', () => {
  it.each([
    [0o100644, '/etc/passwd', 'file', 16],
    [0o040755, '/etc', 'directory', 2],
    [0o010600, 'pipe:[12]', 'fifo', 7],
    [0o000600, 'anon_inode:[eventfd]', 'event', 9],
    [0o000600, 'anon_inode:[eventpoll]', 'eventpoll', 12],
    [0o000600, 'anon_inode:bpf-prog', 'bpf', 17],
    [0o000600, 'anon_inode:[io_uring]', 'io_uring', 19],
    [0o100777, '/memfd:x (deleted)', 'memfd', 20],
    [0o000600, 'anon_inode:[new]', 'unsupported', 10],
  ])('%o %s is of the kind %s', (mode, name, kind, kindCode) => {
    expect(made(fileEntry, file(mode, name))).toMatchObject({ fd: 5, inode: 77, kind, kindCode, name });
  });

  it('has its flags as scap has them', () => {
    expect(made(fileEntry, file(0o100644, '/x'))?.openFlags).toBe(11);
  });
});

describe('an address', () => {
  it.each([
    ['127.0.0.1', '7f000001'],
    ['::1', '00000000000000000000000000000001'],
    ['fe80::fc:ff:fe00:1%eth0', 'fe8000000000000000fc00fffe000001'],
    ['::', '00000000000000000000000000000000'],
  ])('%s is %s', (text, hex) => {
    expect(Buffer.from(addressBytes(text), 'latin1').toString('hex')).toBe(hex);
  });
});
