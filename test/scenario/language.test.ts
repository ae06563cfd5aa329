import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocuments } from '../../engine/document/read-documents.ts';
import { NodeReader } from '../../engine/document/reading.ts';
import { Source } from '../../engine/model/source.ts';
import { address, parseIp } from '../../engine/scenario/language/address.ts';
import {
  ALL_CAPABILITIES,
  capabilities,
  CONTAINER_CAPABILITIES,
} from '../../engine/scenario/language/capability-set.ts';
import { splitWords } from '../../engine/scenario/language/command.ts';
import { duration } from '../../engine/scenario/language/duration.ts';
import { result } from '../../engine/scenario/language/errno.ts';
import type { Kind } from '../../engine/scenario/language/kind.ts';
import { printIp } from '../../engine/scenario/stage/ip.ts';
import { absolutePath } from '../../engine/scenario/stage/paths.ts';

function read<T>(kind: Kind<T>, yaml: string): T | undefined {
  const [document] = readDocuments(new Source('value', yaml)).documents;
  return document === undefined ? undefined : kind.read(new NodeReader(), document, 'it');
}

describe('a command line', () => {
  it.each([
    ['sh -c id', ['sh', '-c', 'id']],
    ['sh -c "cat /etc/shadow"', ['sh', '-c', 'cat /etc/shadow']],
    [`sh -c 'echo "a b"'`, ['sh', '-c', 'echo "a b"']],
    ['a\\ b  c', ['a b', 'c']],
    ['"a\\"b" "\\x"', ['a"b', '\\x']],
    ["''", ['']],
    ['x=""y', ['x=y']],
    ['  ', []],
  ])('cuts %s into words', (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });

  it('says when a quote is never closed', () => {
    expect(splitWords('sh -c "id')).toBe('unclosed');
  });

  it('gives back any words that were quoted', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), (words) => {
        const line = words.map((word) => `'${word.replaceAll("'", `'"'"'`)}'`).join(' ');
        expect(splitWords(line)).toEqual(words);
      }),
    );
  });
});

describe('a length of time', () => {
  it.each([
    ['0', 0n],
    ['5ns', 5n],
    ['1.5ms', 1_500_000n],
    ['2s', 2_000_000_000n],
    ['3m', 180_000_000_000n],
    ['1h', 3_600_000_000_000n],
    ['0.000000001s', 1n],
  ])('reads %s', (text, nanoseconds) => {
    expect(read(duration, text)).toBe(nanoseconds);
  });

  it.each(['5', 's', '5 sec', '-1s', '1e3s', '400d', '5S'])('refuses %s', (text) => {
    expect(read(duration, text)).toBeUndefined();
  });
});

describe('an address', () => {
  it.each([
    ['203.0.113.5:443', { kind: 'internet', host: '203.0.113.5', port: 443 }],
    ['"[2001:db8::1]:443"', { kind: 'internet', host: '2001:db8::1', port: 443 }],
    ['db.example.com:5432', { kind: 'internet', host: 'db.example.com', port: 5432 }],
    ['/run/x.sock', { kind: 'unix', path: '/run/x.sock' }],
  ])('reads %s', (text, expected) => {
    expect(read(address, text)).toEqual(expected);
  });

  it.each(['203.0.113.5', '203.0.113.5:65536', ':80', '"::1:80"', 'a b:80'])('refuses %s', (text) => {
    expect(read(address, text)).toBeUndefined();
  });

  it('in digits becomes its bytes, and the bytes its digits', () => {
    expect(printIp(parseIp('203.0.113.5') ?? '')).toBe('203.0.113.5');
    expect(parseIp('::1')).toBe(`${'\0'.repeat(15)}\x01`);
    expect(parseIp('::ffff:1.2.3.4')).toBe(`${'\0'.repeat(10)}\xff\xff\x01\x02\x03\x04`);
    expect(parseIp('1.2.3.256')).toBeUndefined();
    expect(parseIp('1::2::3')).toBeUndefined();
    expect(parseIp('1:2:3:4:5:6:7')).toBeUndefined();
    fc.assert(
      fc.property(fc.ipV6(), (written) => {
        expect(parseIp(written)).toHaveLength(16);
      }),
    );
    fc.assert(
      fc.property(fc.ipV4(), (written) => {
        expect(printIp(parseIp(written) ?? '')).toBe(written);
      }),
    );
  });
});

describe('words for numbers', () => {
  it('reads how a syscall ends', () => {
    expect(read(result, 'success')).toBe(0);
    expect(read(result, 'EACCES')).toBe(-13);
    expect(read(result, 'ECONNREFUSED')).toBe(-111);
  });

  it('reads capabilities', () => {
    expect(read(capabilities, 'all')).toBe(ALL_CAPABILITIES);
    expect(read(capabilities, 'none')).toBe(0n);
    expect(read(capabilities, '[NET_RAW, CAP_SYS_ADMIN, chown]')).toBe((1n << 13n) | (1n << 21n) | 1n);
    expect(CONTAINER_CAPABILITIES).toBe(0xa80425fbn);
    expect(ALL_CAPABILITIES).toBe(0x1ffffffffffn);
  });
});

describe('a path', () => {
  it.each([
    ['/var/log', '../lib/./x', '/var/lib/x'],
    ['/', 'a//b/', '/a/b'],
    ['/a', '/b/../../c', '/c'],
    ['/a', '.', '/a'],
  ])('from %s to %s is %s', (cwd, path, absolute) => {
    expect(absolutePath(cwd, path)).toBe(absolute);
  });
});
