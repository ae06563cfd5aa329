import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsPattern, folderOfPattern, pathFrom, pathIn } from '../../engine/suite/file-path.ts';

describe('paths of test files', () => {
  it.each([
    ['tests', 'a.yaml', 'tests/a.yaml'],
    ['tests', '../rules/a.yaml', 'rules/a.yaml'],
    ['tests', '../../a.yaml', '../a.yaml'],
    ['', './a//b.yaml', 'a/b.yaml'],
    ['tests', '/etc/falco', '/etc/falco'],
    ['/srv', '../../x', '/x'],
    ['tests', '..', '.'],
  ])('in %s, %s is %s', (folder, path, expected) => {
    expect(pathFrom(folder, path)).toBe(expected);
  });

  it('are written so that they are found again', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(path, fc.option(path, { nil: '' }), (file, folder) => {
        expect(pathFrom(folder, pathIn(folder, file))).toBe(file);
      }),
    );
  });

  it.each([
    ['*.yaml', 'a.yaml', true],
    ['*.yaml', 'x/a.yaml', false],
    ['**/a.yaml', 'a.yaml', true],
    ['**/a.yaml', 'x/y/a.yaml', true],
    ['x/**', 'x/y/z', true],
    ['x/**/z', 'x/z', true],
    ['x/**/z', 'xz', false],
    ['a?.yaml', 'ab.yaml', true],
    ['a?.yaml', 'a.yaml', false],
    ['{scenario,benign}.yaml', 'benign.yaml', true],
    ['{scenario,benign}.yaml', 'other.yaml', false],
    ['a.yaml', 'axyaml', false],
    ['*a*b*', 'xxaxxbxx', true],
  ])('the pattern %s and the path %s: %s', (pattern, path, fits) => {
    expect(fitsPattern(pattern, path)).toBe(fits);
  });

  it('fit patterns as a regular expression says', () => {
    const piece = fc.constantFrom('a', 'b', '*', '?', '/', '**/');
    const path = fc
      .array(fc.constantFrom('a', 'b', '/'), { minLength: 1, maxLength: 8 })
      .map((parts) => parts.join(''));
    const proper = (text: string) => !/\/\/|^\/|\/$/.test(text);
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), path, (pieces, text) => {
        const pattern = pieces.join('').replaceAll(/\*{3,}/g, '**');
        fc.pre(!pattern.endsWith('**') && proper(pattern) && proper(text) && !/[^/]\*\*|\*\*[^/]/.test(pattern));
        const source = pattern.replaceAll(/\*\*\/|\*|\?/g, (one) =>
          one === '**/' ? '(?:[^/]+/)*' : one === '*' ? '[^/]*' : '[^/]',
        );
        expect([pattern, text, fitsPattern(pattern, text)]).toEqual([
          pattern,
          text,
          new RegExp(`^${source}$`).test(text),
        ]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('take time by their length, however many stars they have', () => {
    expect(fitsPattern(`${'*a'.repeat(2_000)}b`, 'a'.repeat(4_000))).toBe(false);
    expect(fitsPattern('{a,b}'.repeat(1_000), 'a')).toBe(false);
  });

  it.each([
    ['a/b/*.yaml', 'a/b'],
    ['*.yaml', ''],
    ['/srv/**/x', '/srv'],
    ['/*', '/'],
    ['a/b.yaml', 'a'],
  ])('all files of %s are below %s', (pattern, folder) => {
    expect(folderOfPattern(pattern)).toBe(folder);
  });
});
