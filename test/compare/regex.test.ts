import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../engine/compare/refusal.ts';
import { compileRegex } from '../../engine/compare/regex.ts';
import { fromUnicode } from '../../engine/model/byte-string.ts';

function matches(pattern: string, text: string): boolean | string {
  const regex = compileRegex(fromUnicode(pattern));
  return regex instanceof Refusal ? regex.message : regex(text);
}

describe('regex', () => {
  it.each([
    ['a+', 'aaa'],
    ['a+?', ''],
    ['a**', 'aa'],
    ['x{2}{3}', 'xxxxxx'],
    ['a{,3}', 'a{,3}'],
    ['a||b', ''],
    ['()', ''],
    ['[]a]+', ']a'],
    ['[^]a]', 'b'],
    ['[a-]', '-'],
    ['[[:alpha:]_]+', 'ab_'],
    ['[[:^digit:]]', 'x'],
    ['[[=a=]]', 'a]'],
    ['\\x41\\x{e9}', 'A\xc3\xa9'],
    ['\\101', 'A'],
    ['.', '\xf0\x9f\x98\x80'],
    ['[^a]', '\n'],
    ['a\n^b', 'a\nb'],
    ['a$\nb', 'a\nb'],
  ])('%j matches the whole of %j', (pattern, text) => expect(matches(pattern, text)).toBe(true));

  it.each([
    ['a', 'ab'],
    ['.', '\n'],
    ['.', '\xff'],
    ['.*', 'a\xc3'],
    ['[a-c]', 'B'],
    ['x{3}', 'xx'],
  ])('%j does not match %j', (pattern, text) => expect(matches(pattern, text)).toBe(false));

  it.each([
    ['(a', 'missing ): (a'],
    ['a)', 'unexpected ): a)'],
    ['[a', 'missing ]: [a'],
    ['a|*', 'no argument for repetition operator: *'],
    ['(?:a)', 'no argument for repetition operator: ?'],
    ['{1}', 'no argument for repetition operator: {1}'],
    ['\\d', 'invalid escape sequence: \\d'],
    ['\\pL', 'invalid escape sequence: \\p'],
    ['\\8', 'invalid escape sequence: \\8'],
    ['\\xg1', 'invalid escape sequence: \\xg1'],
    ['\\x{110000}', 'invalid escape sequence: \\x{110000'],
    ['\\', 'trailing \\'],
    ['[z-a]', 'invalid character class range: z-a'],
    ['[a-b-c]', 'invalid character class range: -c'],
    ['[[:foo:]]', 'invalid character class range: [:foo:]'],
    ['a{1001}', 'invalid repetition size: {1001}'],
    ['a{2,1}', 'invalid repetition size: {2,1}'],
    ['((a{100}){100})', 'invalid repetition size: {100}'],
  ])('%j is refused', (pattern, problem) => expect(matches(pattern, '')).toBe(`invalid regex pattern: ${problem}`));

  it('is refused when its repetitions make too much of it', () => {
    expect(matches('.{1000}'.repeat(9), '')).toBe(false);
    expect(matches('.{1000}'.repeat(10), '')).toBe('invalid regex pattern: pattern too large - compile failed');
  });

  it('is decided in time that grows with the text alone, where others would take for ever', () => {
    expect(matches('(a*)*(a*)*b', 'a'.repeat(5_000))).toBe(false);
  });

  const part = fc.letrec<{ regex: string }>((tie) => ({
    regex: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('a', 'b', '.', '[ab]', '[^b]', '\\.', 'é'),
      tie('regex').map((inner) => `(${inner})*`),
      tie('regex').map((inner) => `(${inner}){1,2}`),
      fc.tuple(tie('regex'), tie('regex')).map(([left, right]) => left + right),
      fc.tuple(tie('regex'), tie('regex')).map(([left, right]) => `(${left}|${right})`),
    ),
  })).regex;

  it('agrees with JavaScript where both have the same syntax', () => {
    fc.assert(
      fc.property(
        part,
        fc.string({ unit: fc.constantFrom('a', 'b', '.', 'é', '\n'), maxLength: 8 }),
        (pattern, text) => {
          expect(matches(pattern, fromUnicode(text))).toBe(new RegExp(`^(?:${pattern})$(?![^])`, 'u').test(text));
        },
      ),
    );
  });
});
