import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentlyExited } from '../../engine/state/recently-exited.ts';

const SECOND = 1_000_000_000n;
const low = (time: bigint): number => Number(time & 0xffffffffn);
const high = (time: bigint): number => Number(time >> 32n);

describe('threads that exited a moment ago', () => {
  it('are found as a search through all of the last 8192 finds them', () => {
    const exit = fc.record({
      tid: fc.integer({ min: 1, max: 5 }),
      ptid: fc.integer({ min: 1, max: 3 }),
      time: fc.bigInt(0n, 10n * SECOND),
    });
    fc.assert(
      fc.property(fc.array(exit, { maxLength: 60 }), exit, (exits, { tid, ptid, time }) => {
        const remembered = new RecentlyExited();
        for (const each of exits) remembered.add(each.tid, each.ptid, low(each.time), high(each.time));
        const expected = exits.some(
          (each) => each.tid === tid && each.ptid === ptid && time >= each.time && time - each.time < 2n * SECOND,
        );
        expect(remembered.has(tid, ptid, low(time), high(time))).toBe(expected);
      }),
    );
  });

  it('are forgotten when 8192 others exited since', () => {
    const remembered = new RecentlyExited();
    remembered.add(7, 1, 0, 0);
    for (let i = 0; i < 8191; i++) remembered.add(1000 + i, 1, 0, 0);
    expect(remembered.has(7, 1, 0, 0)).toBe(true);
    remembered.add(7 + 16384, 1, 0, 0);
    expect(remembered.has(7, 1, 0, 0)).toBe(false);
    expect(remembered.has(7 + 16384, 1, 0, 0)).toBe(true);
  });
});
