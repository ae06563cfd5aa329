import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capabilitiesText } from '../../engine/fields/capabilities.ts';
import { GROUP } from '../../engine/fields/group.ts';
import { THREAD } from '../../engine/fields/thread.ts';
import { USER } from '../../engine/fields/user.ts';
import { integerOf } from '../../engine/model/integer.ts';
import { readingOf, runFieldCases } from './field-cases.ts';
import { momentOf, moveTo } from './moment-of.ts';

runFieldCases('thread.yaml', THREAD, USER, GROUP);

describe('capabilities', () => {
  it('name every bit once', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, (1n << 64n) - 1n), (set) => {
        const known = set & ((1n << 41n) - 1n);
        const text = capabilitiesText(integerOf(set));
        const bits = known.toString(2).replaceAll('0', '').length;
        expect(text === '' ? 0 : text.split(' ').length).toBe(bits);
        expect(capabilitiesText(integerOf(known))).toBe(text);
      }),
    );
  });
});

describe('scheduled time', () => {
  const to = (num: number, cpu: number, time: number, tid = 7) => ({ symbol: 'SCHEDSWITCH_6_E', num, cpu, time, tid });

  it('is what passed between two switches of one CPU, and adds up for each thread', () => {
    const moment = momentOf({ threads: [{ tid: 7 }, { tid: 8 }], event: to(1, 0, 100) });
    const { read } = readingOf([THREAD], 'thread.exectime');
    const total = readingOf([THREAD], 'thread.totexectime').read;
    const values = [to(1, 0, 100), to(2, 1, 105), to(3, 0, 130), to(4, 0, 137, 8), to(5, 0, 140)].map((event) => {
      moveTo(moment, event);
      return [read(moment), read(moment), total(moment), total(moment)];
    });
    expect(values).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [30, 30, 30, 30],
      [7, 7, 7, 7],
      [3, 3, 33, 33],
    ]);
  });

  it('prints as zero, since an output starts afresh each time', () => {
    const reading = readingOf([THREAD], 'thread.exectime');
    const moment = momentOf({ event: to(1, 0, 100) });
    reading.read(moment);
    moveTo(moment, to(2, 0, 200));
    expect([reading.read(moment), reading.printed?.(moment), reading.json?.(moment)]).toEqual([100, '0', 0]);
  });
});

describe('the share of a CPU', () => {
  const news = (num: number, user: number, system: number) => ({
    symbol: 'PROCINFO_E',
    num,
    tid: 7,
    params: [user, system],
  });

  it('is the growth since the thread was last told of, at most 100', () => {
    const moment = momentOf({ threads: [{ tid: 7 }], event: news(1, 5, 3) });
    const all = ['thread.cpu', 'thread.cpu.user', 'thread.cpu.system'].map((name) => readingOf([THREAD], name));
    const values = [news(1, 5, 3), news(2, 6, 3), news(3, 500, 5)].map((event) => {
      moveTo(moment, event);
      return all.map((reading) => reading.read(moment));
    });
    expect(values).toEqual([
      [0, 0, 0],
      [1, 1, 0],
      [100, 100, 2],
    ]);
  });

  it('is told on no other event and for no unknown thread', () => {
    const { read } = readingOf([THREAD], 'thread.cpu');
    expect(read(momentOf({ threads: [{ tid: 7 }], event: { symbol: 'SYSCALL_BRK_4_X', tid: 7 } }))).toBeUndefined();
    expect(read(momentOf({ event: news(1, 1, 1) }))).toBeUndefined();
  });
});
