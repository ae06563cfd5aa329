import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromUnicode, toUnicode } from '../../engine/model/byte-string.ts';
import { Texts } from '../../engine/model/text.ts';
import { PathTexts } from '../../engine/state/path-texts.ts';
import { joinPath } from '../../engine/state/paths.ts';
import { printable } from '../../engine/state/printable.ts';

const cases = JSON.parse(readFileSync(new URL('../cases/state/paths.json', import.meta.url), 'utf8')) as [
  base: string,
  path: string,
  joined: string,
][];

/** Names, dots and slashes in any order, so that every rule of the path language is met. */
const path = fc
  .array(fc.constantFrom('a', 'bc', '.', '..', '/', '//', '.x', 'caf\xc3\xa9', '\x01'), { maxLength: 12 })
  .map((parts) => parts.join(''));
const directory = fc
  .array(fc.constantFrom('a', 'bc', 'x.y'), { maxLength: 4 })
  .map((parts) => `/${parts.map((part) => `${part}/`).join('')}`);

describe('a path in a directory', () => {
  it.each(cases)('%j and %j make %j', (base, name, joined) => {
    expect(toUnicode(joinPath(fromUnicode(base), fromUnicode(name)))).toBe(joined);
  });

  it('is what resolving component by component gives', () => {
    fc.assert(
      fc.property(directory, path, (base, name) => {
        expect(joinPath(base, name)).toBe(byComponents(base, name));
      }),
    );
  });

  it('is clean: joined once more it stays as it is', () => {
    fc.assert(
      fc.property(directory, path, (base, name) => {
        const joined = joinPath(base, name);
        if (joined.startsWith('/')) expect(joinPath(base, joined)).toBe(joined);
      }),
    );
  });

  it('never gets longer than a buffer of Falco, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1100 }), directory, (bytes, base) => {
        const name = String.fromCharCode(...bytes.map((byte) => byte || 1));
        const joined = joinPath(base, name);
        expect(joined.length).toBeLessThan(1024);
        expect(printable(joined)).toBe(joined);
      }),
    );
  });

  it('says so when it does not fit', () => {
    expect(joinPath('/', 'x'.repeat(1023))).toBe('/DIR_TOO_LONG/FILENAME_TOO_LONG');
    expect(joinPath('/', 'x'.repeat(1022))).toHaveLength(1023);
  });

  it('is cut where what stands for unprintable bytes no longer fits', () => {
    expect(joinPath('/', '\x01'.repeat(400))).toBe(`/${'\xef\xbf\xbd'.repeat(340)}`);
  });
});

describe('paths as interned texts', () => {
  it('are joined as plain ones are, also the second time', () => {
    const texts = new Texts();
    const paths = new PathTexts(texts);
    fc.assert(
      fc.property(directory, path, fc.boolean(), (base, name, isFile) => {
        const start = isFile ? base.slice(0, -1) : base;
        const open = isFile && start === '' ? '' : base;
        for (let i = 0; i < 2; i++) {
          expect(paths.join(texts.of(start), texts.of(name), isFile).value).toBe(joinPath(open, name));
        }
      }),
    );
  });

  it('are joined when the table of texts is full', () => {
    const texts = new Texts();
    const paths = new PathTexts(texts);
    const long = 'x'.repeat(2000);
    expect(paths.join(texts.of(long), texts.of('a')).value).toBe('/DIR_TOO_LONG/FILENAME_TOO_LONG');
    expect(paths.join(texts.of('/'), texts.of(`/${long}`)).value).toBe('/DIR_TOO_LONG/FILENAME_TOO_LONG');
  });
});

/** The rules again, by splitting instead of scanning. */
function byComponents(base: string, name: string): string {
  const isAbsolute = name === '' || name.startsWith('/');
  const components = isAbsolute ? [] : base.split('/').filter((part) => part !== '');
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') components.pop();
    else components.push(printable(part));
  }
  return name === '' ? '' : `/${components.join('/')}`;
}
