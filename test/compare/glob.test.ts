import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlob } from '../../engine/compare/glob.ts';
import { compilePathMatch } from '../../engine/compare/path-match.ts';

describe('glob', () => {
  it.each([
    ['*', ''],
    ['/etc/*', '/etc/a/b'],
    ['?', '/'],
    ['[a-c]x', 'bx'],
    ['[!a-c]x', '/x'],
    ['[^a]', 'b'],
    ['[]a]', ']'],
    ['[a-]', '-'],
    ['[[:upper:]]*', 'Xy'],
    ['[[=a=]]', 'a'],
    ['[[.a.]-c]', 'b'],
    ['[\\]]', ']'],
    ['\\*', '*'],
    ['[', '['],
    ['[a', '[a'],
    ['a[', 'a['],
    ['**a**', 'a'],
    ['[\x80-\xff]', '\xe9'],
  ])('%j matches %j', (pattern, text) => expect(compileGlob(pattern, false)(text)).toBe(true));

  it.each([
    ['', 'a'],
    ['a*', 'A'],
    ['?', ''],
    ['[!a]', 'a'],
    ['[[:upper:]]', 'x'],
    ['[[:nothing:]]', 'x'],
    ['{a,b}', 'a'],
    ['\\', '\\'],
    ['a', 'a '],
  ])('%j does not match %j', (pattern, text) => expect(compileGlob(pattern, false)(text)).toBe(false));

  it.each([
    ['A*', 'abc'],
    ['[a-c]', 'B'],
    ['[A-C]', 'b'],
    ['\\A', 'a'],
  ])('%j matches %j when case does not count', (pattern, text) => {
    expect(compileGlob(pattern, true)(text)).toBe(true);
  });

  it('leaves the case of named classes alone', () => {
    expect(compileGlob('[[:upper:]]', true)('a')).toBe(false);
  });

  it('is decided in bounded time, where backtracking would take for ever', () => {
    expect(compileGlob(`${'a*'.repeat(100)}b`, false)('a'.repeat(5_000))).toBe(false);
  });

  it('agrees with a matcher that tries everything', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (glob, subject) => {
        expect(compileGlob(glob, false)(subject)).toBe(tryAll(glob, subject));
      }),
    );
  });
});

function tryAll(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] === '*') return tryAll(pattern.slice(1), text) || (text !== '' && tryAll(pattern, text.slice(1)));
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && tryAll(pattern.slice(1), text.slice(1));
}

describe('pmatch', () => {
  const component = fc.constantFrom('a', 'b', 'a*', '?', 'ab');
  const path = fc.array(component, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`);

  it('agrees with a comparison of every search path, component by component', () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 5 }), path, (searches, subject) => {
        const parts = subject.split('/').filter((part) => part !== '');
        const expected = searches.some((search) =>
          search
            .split('/')
            .filter((part) => part !== '')
            .every((part, i) => parts[i] !== undefined && tryAll(part, parts[i] as string)),
        );
        expect(compilePathMatch(searches)(subject)).toBe(expected);
      }),
    );
  });
});
