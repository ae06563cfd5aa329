import { describe, expect, it } from 'vitest';
import { PROC } from '../../engine/fields/proc.ts';
import { MAX_ANCESTORS } from '../../engine/model/limits.ts';
import { readingOf, runFieldCases } from './field-cases.ts';
import { momentOf } from './moment-of.ts';

runFieldCases('proc.yaml', PROC);

describe('command lines', () => {
  it('follow a thread that gets other arguments or another name', () => {
    const moment = momentOf({
      threads: [{ tid: 7, comm: 'a', args: ['1'] }],
      event: { symbol: 'SYSCALL_BRK_4_X', tid: 7 },
    });
    const { read } = readingOf([PROC], 'proc.cmdline');
    const thread = moment.thread;
    if (thread === undefined) throw new Error('no thread');
    expect(read(moment)).toBe('a 1');
    thread.comm = 'b';
    expect(read(moment)).toBe('b 1');
    thread.args = ['2', '3'];
    expect(read(moment)).toBe('b 2 3');
  });
});

describe('times', () => {
  it('keep all digits', () => {
    const time = 1_700_000_000_123_456_789n;
    const moment = momentOf({
      threads: [
        { tid: 1, cloneTime: String(time - 2n) },
        {
          tid: 2,
          ptid: 1,
          cloneTime: String(time - 1n),
          pidnsStartTime: '5',
          exeCtime: time,
          exeInode: (1n << 64n) - 2n,
        },
      ],
      event: { symbol: 'SYSCALL_BRK_4_X', tid: 2, time: String(time) },
    });
    const read = (name: string): unknown => readingOf([PROC], name).read(moment);
    expect(read('proc.pid.ts')).toBe(time - 1n);
    expect(read('proc.ppid.ts')).toBe(time - 2n);
    expect(read('proc.duration')).toBe(1);
    expect(read('proc.ppid.duration')).toBe(2);
    expect(read('proc.pidns_init_start_ts')).toBe(5);
    expect(read('proc.exe_ino.ctime')).toBe(time);
    expect(read('proc.exe_ino')).toBe(-2);
  });

  it('wrap where an event is older than the process', () => {
    const moment = momentOf({
      threads: [{ tid: 2, cloneTime: '10' }],
      event: { symbol: 'SYSCALL_BRK_4_X', tid: 2, time: 9 },
    });
    expect(readingOf([PROC], 'proc.duration').read(moment)).toBe((1n << 64n) - 1n);
  });
});

describe('a loop of parents', () => {
  const line = (ptids: readonly number[]) => {
    const moment = momentOf({
      threads: ptids.map((_, index) => ({ tid: index + 2, comm: `p${index + 2}` })),
      event: { symbol: 'SYSCALL_BRK_4_X', tid: 2 },
    });
    for (const thread of moment.system.threads.values()) thread.ptid = ptids[thread.tid - 2] as number;
    return moment;
  };

  it.each([
    ['of one that names itself', [2], 'p2'],
    ['of two', [3, 2], 'p3'],
    ['of three', [3, 4, 2], 'p3 p4'],
    ['further up', [3, 4, 5, 4], 'p3'],
  ] as const)('%s ends where Falco ends it', (_, ptids, names) => {
    expect(readingOf([PROC], 'proc.aname').read(line(ptids))).toBe(names);
  });

  it('ends every other walk as well', () => {
    const moment = line([3, 2]);
    expect(readingOf([PROC], 'proc.aname[2147483647]').read(moment)).toBeUndefined();
    expect(readingOf([PROC], 'proc.aname[7]').read(moment)).toBe('p3');
    expect(readingOf([PROC], 'proc.aenv[2147483647]').read(moment)).toBeUndefined();
    expect(readingOf([PROC], 'proc.aenv[HOME]').read(moment)).toBe('');
    expect(readingOf([PROC], 'proc.loginshellid').read(moment)).toBeUndefined();
  });
});

describe('a line of parents without end', () => {
  it('is looked at no further than the limit', () => {
    const threads = Array.from({ length: MAX_ANCESTORS + 10 }, (_, index) => ({
      tid: index + 1,
      ptid: index,
      comm: 'p',
    }));
    const moment = momentOf({ threads, event: { symbol: 'SYSCALL_BRK_4_X', tid: threads.length } });
    expect(readingOf([PROC], 'proc.aname').candidates?.(moment)).toHaveLength(MAX_ANCESTORS);
    expect(readingOf([PROC], `proc.aname[${MAX_ANCESTORS + 1}]`).read(moment)).toBeUndefined();
    expect(readingOf([PROC], `proc.aname[${MAX_ANCESTORS}]`).read(moment)).toBe('p');
  });
});
