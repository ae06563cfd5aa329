import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SearchPattern } from '../../engine/fields/search-pattern.ts';
import { MAX_MOUNT_KEY_BYTES } from '../../engine/model/limits.ts';

/** Patterns of two letters, built from what the language has. */
const { pattern } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
  pattern: fc.array(tie('piece'), { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join('')),
  piece: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '^', '$', '\\n', '\\w', '\\S'),
    fc
      .tuple(tie('pattern'), fc.constantFrom('', '*', '+', '?', '{2}', '{1,2}', '{0,1}', '{2,}'))
      .map(([inner, times]) => `(${inner})${times}`),
    fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `(${left}|${right})`),
  ),
}));
const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', 'c'), maxLength: 6 });

describe('patterns for mounts', () => {
  it('are found where the usual regular expressions find something', () => {
    fc.assert(
      fc.property(pattern, text, (source, where) => {
        const found = someNonEmpty(new RegExp(source, 'm'), where);
        expect([source, where, new SearchPattern(source).isIn(where)]).toEqual([source, where, found]);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['/etc', '/usr/etc/x', true],
    ['^/etc', '/usr/etc', false],
    ['^/etc$', '/etc', true],
    ['/usr/*', '/usr', true],
    ['/var/log/.*\\.log', '/var/log/app.log', true],
    ['a{2}', 'a', false],
    ['[]x]', ']', true],
    ['[a-c]', 'b', true],
    ['[^a-c]', 'b', false],
    ['\\d+', 'v12', true],
    ['(?:ab)+c', 'xababc', true],
    ['a*', 'b', false],
    ['', 'b', false],
    ['a|', 'b', false],
  ])('%s in %s is %s', (source, where, found) => {
    expect(new SearchPattern(source).isIn(where)).toBe(found);
  });

  it.each(['(', ')', 'a)', '[a', '*', 'a\\', '((a{9999}){9999}){9999}', 'a'.repeat(MAX_MOUNT_KEY_BYTES + 1)])(
    'that are broken or too big are found nowhere',
    (source) => {
      expect(new SearchPattern(source).isIn('a'.repeat(10))).toBe(false);
    },
  );

  it('take no more time for hostile ones', () => {
    expect(new SearchPattern('(a*)*(a*)*b').isIn('a'.repeat(2000))).toBe(false);
    expect(new SearchPattern('('.repeat(500)).isIn('a')).toBe(false);
  });
});

/** JavaScript would stop at an empty match, and take a longer one only if it comes first: every start and end is tried. */
function someNonEmpty(expression: RegExp, where: string): boolean {
  for (let start = 0; start < where.length; start++) {
    for (let end = start + 1; end <= where.length; end++) {
      const whole = new RegExp(`(?:${expression.source})(?=[^]{${where.length - end}}(?![^]))`, 'my');
      whole.lastIndex = start;
      if (whole.test(where)) return true;
    }
  }
  return false;
}
