import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64 } from '../../engine/fields/transform-base64.ts';
import { readOptionLetters, scanOptions } from '../../engine/fields/transform-getopt.ts';
import { checked } from './compare-cases.ts';
import { MOMENTS } from './moments.ts';

describe('b64', () => {
  it('gives back what was encoded, with padding and without', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const encoded = Buffer.from(bytes).toString('base64');
        const expected = Buffer.from(bytes).toString('latin1');
        expect(decodeBase64(encoded)).toBe(expected);
        expect(decodeBase64(encoded.replace(/=+$/, ''))).toBe(expected);
      }),
    );
  });

  it.each(['A', 'AAAAA', 'A===', '====', 'AB', 'AAB', 'A-_=', ' QQ=='])('gives nothing for %j', (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});

describe('getopt', () => {
  it.each([
    [['-a', 'x', '-b'], 'a:b', ['a', 'x', 'b']],
    [['-ax', '-b'], 'a:b', ['a', 'x', 'b']],
    [['-ba', 'x'], 'a:b', ['b', 'a', 'x']],
    [['-a'], 'a:', ['']],
    [['-a', '-b'], 'a:b', ['a', '-b']],
    [['-z', '-b'], 'b', ['?', 'b']],
    [['-b', '--', '-b'], 'b', ['b']],
    [['--long', '-b'], 'b', ['b']],
    [['-b', 'word', '-b'], 'b', ['b']],
    [['-'], 'b', []],
    [['-:'], ':', ['?']],
  ])('finds in %j with %j %j', (words, letters, texts) => {
    const found = scanOptions(words, readOptionLetters(letters));
    expect(found.flatMap((option) => option.texts)).toEqual(texts);
  });
});

describe('what a transformer makes', () => {
  const leafOf = (text: string) => {
    const { condition } = checked(text);
    if (condition?.kind !== 'leaf') throw new Error(`${text} is not one check`);
    return condition;
  };

  it.each([
    ['tolower(proc.name) exists', 'thread'],
    ['basename(fd.name) exists', 'text:file'],
    ['len(tolower(fd.name)) > 3', 'text:file'],
    ['concat(fd.name, "x") exists', 'text:file'],
    ['join("/", (proc.name, proc.pname)) exists', 'thread'],
    ['concat(proc.name, fd.name) exists', 'event'],
    ['concat("a", "b") = ab', 'type'],
    ['fd.name startswith val(fd.name)', 'text:file'],
    ['proc.name = val(proc.pname)', 'thread'],
    ['fd.name = val(proc.name)', 'event'],
  ])('is about the same thing as its parts: %s is about %s', (text, subject) => {
    expect(leafOf(text).subject).toBe(subject);
  });

  it.each([
    'basename(fd.name) = report.txt',
    'toupper(fd.name) contains DATA',
    'concat(fd.name, "x") endswith txtx',
    'fd.name startswith val(fd.name)',
    'len(fd.name) = 20',
  ])('is decided by the text alone as by the moment: %s', (text) => {
    const leaf = leafOf(text);
    const moment = (MOMENTS['open'] as () => ReturnType<(typeof MOMENTS)[string]>)();
    const column = leaf.column?.(moment)?.value as string;
    expect(leaf.decideText?.(column)).toBe(true);
    expect(leaf.decide(moment)).toBe(true);
  });
});
