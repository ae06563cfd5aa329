import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConditionText } from '../../engine/filter/condition-text.ts';
import { eachLeaf, fold } from '../../engine/filter/fold.ts';
import { parseCondition } from '../../engine/filter/parse-condition.ts';

const PIECES = [
  'and',
  'or',
  'not',
  '(',
  ')',
  ' ',
  ',',
  '=',
  '!=',
  '<',
  'in',
  'glob ',
  'oneof ',
  '"',
  "'",
  '\\',
  '[',
  ']',
  'a',
  'a.b',
  'val(',
  'join(',
  '1',
  '\n',
];

describe('parseCondition on hostile text', () => {
  it('never throws', () => {
    const text = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 3 })), { maxLength: 30 });
    fc.assert(
      fc.property(text, (parts) => {
        const { expression, failure } = parseCondition(ConditionText.ofText(parts.join('')));
        expect((expression === undefined) !== (failure === undefined)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['checks', 'a.b = c and '],
    ['open parentheses', '('],
    ['nots', 'not '],
    ['quotes', 'a.b = "\\"'],
    ['commas', 'a.b in (x, '],
    ['blanks', ' '.repeat(12)],
    ['a name', 'abcdefghij'],
  ])('takes time in proportion to the text: four million bytes of %s', (_, piece) => {
    const text = piece.repeat(4_000_000 / piece.length);
    expect(() => parseCondition(ConditionText.ofText(text))).not.toThrow();
  });

  it('takes time in proportion to a list of quoted values', () => {
    const text = `a.b in (${Array(300_000).fill('"x y"').join(', ')})`;
    expect(parseCondition(ConditionText.ofText(text)).failure).toBeUndefined();
  });

  it('folds and walks what is nested to the limit', () => {
    const depth = 4900;
    const { expression } = parseCondition(
      ConditionText.ofText(`${'a or not (b and '.repeat(depth)}c${')'.repeat(depth)}`),
    );
    let leaves = 0;
    eachLeaf(expression!, () => leaves++);
    const sum = (children: readonly number[]) => children.reduce((total, child) => total + child, 0);
    const counted = fold<number>(expression!, {
      check: () => 1,
      macro: () => 1,
      not: (child) => child,
      and: sum,
      or: sum,
    });
    expect(counted).toBe(2 * depth + 1);
    expect(leaves).toBe(counted);
  });
});
