import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { MAX_JSON_NODES, MAX_JSONL_LINE_BYTES } from '../../engine/model/limits.ts';
import { ipBytes, ipText } from '../../engine/trace/jsonl/ip-text.ts';
import { JsonlReader } from '../../engine/trace/jsonl/jsonl-reader.ts';
import { readJsonl, writeJsonl } from './reading.ts';

interface BrokenLine {
  line: string;
  column: number;
  says: string;
}

const broken = load(readFileSync(new URL('../cases/trace/broken-lines.yaml', import.meta.url), 'utf8')) as BrokenLine[];
const CLOSE = '{"time":1,"tid":7,"type":"SYSCALL_CLOSE_X","params":{"res":0,"fd":3}}';

/** The parameters of an event line, in hexadecimal. */
const paramsOf = (line: string) => {
  const { sink, codes } = readJsonl(line);
  expect(codes).toEqual([]);
  return sink.events[0]!.params;
};
const ended = (text: string) => `${Buffer.from(text).toString('hex')}00`;

describe('a broken line', () => {
  it.each(broken)('is told with its place: $line', ({ line, column, says }) => {
    const { diagnostics, eventCount } = readJsonl(`{"section":1}\n${CLOSE}\n`, `${line}\n`, CLOSE);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ code: 'TRACE_BAD_LINE', severity: 'error' });
    expect(diagnostics[0]!.message).toMatch(`line 3, column ${column}: `);
    expect(diagnostics[0]!.message).toContain(says);
    const prefix = new TextEncoder().encode(line.slice(0, column - 1)).length;
    expect(diagnostics[0]!.byteOffset).toBe(14 + CLOSE.length + 1 + prefix);
    expect(eventCount).toBe(2);
  });

  it('at the end is a cut trace', () => {
    expect(readJsonl(CLOSE, '\n', CLOSE.slice(0, -5))).toMatchObject({ codes: ['TRACE_TRUNCATED'], eventCount: 1 });
  });

  it('that never ends is passed over', () => {
    const chunk = new Uint8Array(1024 * 1024).fill(0x20);
    const chunks = Array.from({ length: MAX_JSONL_LINE_BYTES / chunk.length + 1 }, () => chunk);
    expect(readJsonl(`${CLOSE}\n`, ...chunks, `\n${CLOSE}`)).toMatchObject({
      codes: ['TRACE_TOO_LARGE'],
      eventCount: 2,
    });
  });

  it('of too many values is refused', () => {
    const line = `{"machine":[${'1,'.repeat(MAX_JSON_NODES)}1]}`;
    expect(readJsonl(`${line}\n${CLOSE}`)).toMatchObject({ codes: ['TRACE_BAD_LINE'], eventCount: 1 });
  });

  it('is told in full for the first twenty and then counted', () => {
    const { diagnostics } = readJsonl('x\n'.repeat(50));
    expect(diagnostics.filter(({ code }) => code === 'TRACE_BAD_LINE')).toHaveLength(21);
  });
});

describe('a line written by hand', () => {
  it('may leave out what follows from the rest', () => {
    const { calls, codes } = readJsonl('{"process":{"tid":5,"comm":"sh"}}\n', CLOSE);
    expect(codes).toEqual([]);
    expect(calls.map(([name]) => name)).toEqual(['section', 'process', 'event']);
    expect(calls[1]![1]).toMatchObject({ tid: 5, pid: 5, comm: 'sh', exe: 'sh', loginuid: 0xffffffff, sid: -1 });
    expect(calls[2]![1]).toMatchObject({ num: 1, cpu: 0, tid: 7 });
  });

  it('may name only some parameters; those of today are complete all the same', () => {
    expect(paramsOf('{"time":1,"type":"SYSCALL_READ_X","params":{"fd":3}}')).toEqual(['', '', '0300000000000000', '']);
    expect(paramsOf('{"time":1,"type":"SYSCALL_READ_X"}')).toEqual(['', '', '', '']);
  });

  it('may give parameters in any order, blanks, and a byte order mark', () => {
    const line = '\ufeff { "type" : "SYSCALL_CLOSE_X" , "params" : { "fd" : 3 , "res" : 0 } , "time" : 1 }\r';
    expect(paramsOf(line)).toEqual(['0000000000000000', '0300000000000000']);
  });

  it('may write flags by their names, and integers as texts or in hexadecimal', () => {
    const line = (flags: string) =>
      `{"time":1,"type":"SYSCALL_OPEN_X","params":{"fd":"3","name":"/x","flags":${flags}}}`;
    expect(paramsOf(line('"O_RDWR|O_CREAT | O_CLOEXEC"')).slice(0, 3)).toEqual([
      '0300000000000000',
      ended('/x'),
      '07100000',
    ]);
    expect(paramsOf(line('"0x1007"'))[2]).toBe('07100000');
    expect(paramsOf(line('4103'))[2]).toBe('07100000');
  });

  it('may write addresses as people do', () => {
    const tuple = (value: string) => paramsOf(`{"time":1,"type":"SOCKET_CONNECT_X","params":{"tuple":${value}}}`)[1];
    expect(tuple('"10.0.0.1:4242->8.8.8.8:53"')).toBe('020a000001921008080808' + '3500');
    expect(tuple('"[::1]:1->[fe80::2]:2"')).toBe(`0a${'00'.repeat(15)}010100fe80${'00'.repeat(13)}020200`);
    expect(tuple('{"unix":"/run/x","source":"0xffff888000000001"}')).toBe(
      `0101000000${'8088ffff'}${'00'.repeat(8)}${ended('/run/x')}`,
    );
    const address = (value: string) =>
      paramsOf(`{"time":1,"type":"SOCKET_CONNECT_E","params":{"fd":3,"addr":${value}}}`)[1];
    expect(address('"127.0.0.1:80"')).toBe('027f0000015000');
    expect(address('{"unix":"/run/y"}')).toBe(`01${ended('/run/y')}`);
  });

  it('may hold texts of any language, lists of texts, and bytes', () => {
    const open = (name: string) => paramsOf(`{"time":1,"type":"SYSCALL_OPEN_X","params":{"fd":3,"name":${name}}}`)[1];
    expect(open('"gr\\u00fcn \\ud83d\\ude00"')).toBe(ended('grün 😀'));
    expect(open('"grün 😀"')).toBe(ended('grün 😀'));
    expect(open('{"base64":"//8A"}')).toBe('ffff00');
    const exec = paramsOf('{"time":1,"type":"SYSCALL_EXECVE_19_X","params":{"res":0,"exe":"ls","args":["-l",""]}}');
    expect(exec[2]).toBe('2d6c0000');
  });

  it('may be old: its event is upgraded, and one that folds into another is told', () => {
    const lines =
      '{"time":1,"tid":7,"type":"SYSCALL_OPENAT_E","params":{"dirfd":-100,"name":"/x","flags":1,"mode":0}}\n{"time":2,"tid":7,"type":"SYSCALL_OPENAT_X","params":{"fd":3}}';
    const { sink, codes } = readJsonl(lines);
    expect(sink.events.map(({ num, type, params }) => [num, type, params[2]])).toEqual([
      [1, 'SYSCALL_OPENAT_2_X', ended('/x')],
    ]);
    expect(codes).toEqual(['TRACE_OLD_EVENT']);
  });

  it('keeps its number where numbers grow, and is counted on where they do not', () => {
    const line = (num: number) => CLOSE.replace('{', `{"num":${num},`);
    const { sink, codes } = readJsonl([line(5), line(9), line(9), CLOSE, line(20)].join('\n'));
    expect(sink.events.map(({ num }) => num)).toEqual([5, 9, 10, 11, 20]);
    expect(codes).toEqual(['TRACE_BAD_NUMBER']);
  });

  it('must not be larger than its event can be', () => {
    const line = (length: number) =>
      `{"time":1,"type":"SYSCALL_OPEN_X","params":{"fd":3,"name":"${'x'.repeat(length)}"}}`;
    expect(readJsonl(line(60_000)).eventCount).toBe(1);
    expect(readJsonl(line(65_535)).codes).toContain('TRACE_BAD_LINE');
  });
});

describe('integers', () => {
  it('keep every digit both ways', () => {
    const line =
      '{"num":1,"time":18446744073709551615,"tid":-1,"cpu":0,"type":"SYSCALL_FUTEX_X","params":{"res":-9223372036854775808,"addr":18446744073709551615,"op":255,"val":9007199254740993}}';
    const { sink } = readJsonl(line);
    expect(sink.events[0]!.time).toBe(2n ** 64n - 1n);
    const written = writeJsonl((target) => {
      const reader = new JsonlReader(target);
      reader.push(new TextEncoder().encode(line));
      reader.end();
    });
    expect(written.split('\n')[1]).toBe(line);
  });
});

describe('IP addresses', () => {
  const pairs: readonly [string, string][] = [
    ['10.0.0.1', '0a000001'],
    ['255.255.255.255', 'ffffffff'],
    ['::', '00'.repeat(16)],
    ['::1', `${'00'.repeat(15)}01`],
    ['1::', `0001${'00'.repeat(14)}`],
    ['2001:db8::1:0:0:1', '20010db8000000000001000000000001'],
    ['2001:db8:0:1:1:1:1:1', '20010db8000000010001000100010001'],
    ['::ffff:10.0.0.1', `${'00'.repeat(10)}ffff0a000001`],
    ['fe80::a:b', `fe80${'00'.repeat(10)}000a000b`],
  ];
  it.each(pairs)('%s is written and read', (text, hex) => {
    const bytes = Buffer.from(hex, 'hex').toString('latin1');
    expect(ipText(bytes)).toBe(text);
    expect(ipBytes(text)).toBe(bytes);
  });

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '::1.2.3.256',
    '12345::',
    ':::',
    'g::',
    '1:2:3:4:5:6:7::8',
  ])('%j is none', (text) => expect(ipBytes(text)).toBeUndefined());
});
