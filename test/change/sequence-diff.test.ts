import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionChange, mixed } from '../../engine/change/condition-hunks.ts';
import { sequenceDiff } from '../../engine/change/sequence-diff.ts';
import { ConditionText } from '../../engine/filter/condition-text.ts';
import { parseCondition } from '../../engine/filter/parse-condition.ts';

const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 24 });

describe('the stretches in which two sequences differ', () => {
  it('lead from the one to the other, and leave equal what stands between', () => {
    fc.assert(
      fc.property(words, words, (from, to) => {
        const hunks = sequenceDiff(from, to);
        const made: string[] = [];
        let at = 0;
        for (const hunk of hunks) {
          made.push(...from.slice(at, hunk.fromStart), ...to.slice(hunk.toStart, hunk.toEnd));
          at = hunk.fromEnd;
        }
        expect([...made, ...from.slice(at)]).toEqual(to);
      }),
    );
  });

  it('are as short as they can be', () => {
    fc.assert(
      fc.property(words, words, (from, to) => {
        const size = sequenceDiff(from, to).reduce(
          (sum, hunk) => sum + hunk.fromEnd - hunk.fromStart + hunk.toEnd - hunk.toStart,
          0,
        );
        expect(size).toBe(from.length + to.length - 2 * longestCommon(from, to));
      }),
    );
  });
});

function longestCommon(from: readonly string[], to: readonly string[]): number {
  let above = Array.from({ length: to.length + 1 }, () => 0);
  for (const word of from) {
    const row = [0];
    to.forEach((other, j) => {
      row.push(word === other ? (above[j] as number) + 1 : Math.max(above[j + 1] as number, row[j] as number));
    });
    above = row;
  }
  return above[to.length] as number;
}

const leaf = fc.constantFrom('a.b = 1', 'a.c in (x, y)', 'm', 'not n', 'a.d exists', "a.e = 'x y'");
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition')).map((parts) => parts.join(' ')),
    tie('condition').map((inner) => `(${inner})`),
    tie('condition').map((inner) => `not (${inner})`),
  ),
}));

describe('the parts in which two conditions differ', () => {
  it('can each be taken over alone, and taken back alone', () => {
    fc.assert(
      fc.property(condition, condition, (before, after) => {
        const change = conditionChange(ConditionText.ofText(before), ConditionText.ofText(after));
        const reads = (takes: (part: number) => boolean) => parseCondition(mixed(change, takes)).failure?.message;
        expect(words_(mixed(change, () => true).value)).toEqual(words_(after));
        expect(mixed(change, () => false).value).toBe(before);
        change.hunks.forEach((_, part) => {
          expect(reads((at) => at === part)).toBeUndefined();
          expect(reads((at) => at !== part)).toBeUndefined();
        });
      }),
    );
  });

  it.each([
    ['a.b = 1 and not m', 'a.b = 1 and m', ['not']],
    ['a.b = 1 and m and n', 'a.b = 1 and n', ['and m']],
    ['a.c in (x, y)', 'a.c in (x, y, z)', ['']],
    ['a.b = 1   and m', 'a.b = 1 and\n m', []],
    ['a.b = 1 or m', '(a.b = 1 or m) and n', ['a.b = 1 or m']],
  ])('of %s and %s are whole', (before, after, parts) => {
    const change = conditionChange(ConditionText.ofText(before), ConditionText.ofText(after));
    expect(change.hunks.map(({ from }) => before.slice(from.start, from.end))).toEqual(parts);
  });
});

function words_(text: string): string[] {
  return text.match(/[()]|[^\s()]+/g) ?? [];
}
