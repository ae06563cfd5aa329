import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MissTally } from '../../engine/explanation/miss-tally.ts';
import type { Moment } from '../../engine/state/moment.ts';

const sets = fc.array(fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 4 }), { maxLength: 60 });

describe('the tally of near misses', () => {
  it('keeps the nearest sets, with the counts that one without a bound has', () => {
    fc.assert(
      fc.property(sets, fc.integer({ min: 1, max: 6 }), (stream, most) => {
        const tally = new MissTally(most, ({ event }) => event.num);
        const all = new Map<string, { count: number; first: number; length: number }>();
        stream.forEach((checks, index) => {
          const sorted = checks.toSorted();
          const known = all.get(sorted.join());
          if (known === undefined) all.set(sorted.join(), { count: 1, first: index, length: sorted.length });
          else known.count++;
          if (sorted.length <= tally.reach) tally.add(sorted, { event: { num: index } } as Moment);
        });
        const kept = tally.sorted();
        expect(kept.length).toBe(Math.min(most, all.size));
        for (const { checks, count, first } of kept) {
          expect({ count, first }).toEqual({
            count: all.get(checks.join())?.count,
            first: all.get(checks.join())?.first,
          });
        }
        const nearest = [...all.values()].map(({ length }) => length).toSorted((a, b) => a - b);
        expect(kept.map(({ checks }) => checks.length)).toEqual(nearest.slice(0, kept.length));
      }),
    );
  });
});
