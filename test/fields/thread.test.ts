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
  it('is not measured: it is zero on every event, between switches too', () => {
    const to = (num: number, time: number) => ({ symbol: 'SCHEDSWITCH_6_E', num, time, tid: 7 });
    const moment = momentOf({ threads: [{ tid: 7 }], event: to(1, 100) });
    const all = ['thread.exectime', 'thread.totexectime'].map((name) => readingOf([THREAD], name));
    expect(all.map((reading) => reading.read(moment))).toEqual([0, 0]);
    moveTo(moment, to(2, 200));
    expect(all.map((reading) => reading.read(moment))).toEqual([0, 0]);
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
