import { expect, describe, it } from 'vitest';
import { Ladder } from '../../../agent/overload/ladder.ts';

/** The steps after each of so many seconds that are alike. */
function seconds(ladder: Ladder, count: number, fill: number, lost = 0): number[] {
  return Array.from({ length: count }, () => {
    ladder.tick(fill, lost);
    return ladder.step;
  });
}

describe('the steps of overload', () => {
  it('go up one for each second of pressure, and no further than there are', () => {
    expect(seconds(new Ladder(4), 6, 0.6)).toEqual([1, 2, 3, 4, 4, 4]);
  });

  it('go up for a loss, however empty the ring is when it is looked at', () => {
    expect(seconds(new Ladder(4), 2, 0, 1)).toEqual([1, 2]);
  });

  it('stay between the two limits', () => {
    const ladder = new Ladder(4);
    seconds(ladder, 2, 0.9);
    expect(new Set(seconds(ladder, 100, 0.3))).toEqual(new Set([2]));
  });

  it('go down after ten quiet seconds each', () => {
    const ladder = new Ladder(4);
    seconds(ladder, 2, 0.9);
    expect(seconds(ladder, 20, 0)).toEqual([...Array(9).fill(2), ...Array(10).fill(1), 0]);
  });

  it('wait longer after a step that was taken back too early', () => {
    const ladder = new Ladder(4);
    seconds(ladder, 2, 0.9);
    seconds(ladder, 10, 0);
    expect(ladder.step).toBe(1);
    seconds(ladder, 1, 0.9);
    expect(seconds(ladder, 20, 0)).toEqual([...Array(19).fill(2), 1]);
  });
});
