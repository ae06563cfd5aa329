import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FD } from '../../engine/fields/fd.ts';
import { FDLIST } from '../../engine/fields/fdlist.ts';
import { directoryOf, fileNameOf } from '../../engine/fields/path-part.ts';
import { readingOf, runFieldCases } from './field-cases.ts';
import { momentOf } from './moment-of.ts';

runFieldCases('fd.yaml', FD);
runFieldCases('fd-unknown.yaml', FD);
runFieldCases('fdlist.yaml', FDLIST);

const TEXT_FIELDS = ['fd.name', 'fd.directory', 'fd.filename', 'fd.nameraw'];
const path = fc
  .array(fc.constantFrom('/', '//', 'a', 'b.c', '.', ' '), { maxLength: 8 })
  .map((parts) => parts.join(''));
const kind = fc.constantFrom('file', 'directory', 'ipv4', 'unix', 'memfd', undefined);

describe('texts of files', () => {
  it('follow from their column alone', () => {
    const seen = new Map<string, unknown>();
    fc.assert(
      fc.property(path, path, kind, (name, raw, fileKind) => {
        const files = fileKind === undefined ? [] : [{ fd: 3, kind: fileKind, name, raw } as const];
        const moment = momentOf({
          threads: [{ tid: 7, cwd: '/w/', lastEventFd: 3, files }],
          event: { symbol: 'SYSCALL_OPENAT_2_X', tid: 7, params: [3, -100, raw, 0, 0, 0, 0] },
        });
        for (const field of TEXT_FIELDS) {
          const reading = readingOf([FD], field);
          const text = reading.column?.(moment);
          const value = reading.read(moment);
          if (text === undefined) expect(value).toBeUndefined();
          else {
            expect(value).toBe(reading.fromColumn === undefined ? text.value : reading.fromColumn(text.value));
            const key = `${field} ${text.value}`;
            expect(seen.get(key) ?? value).toBe(value);
            seen.set(key, value);
          }
        }
      }),
    );
  });

  it('give the same object for files of the same kind and name, which decides all that is about these', () => {
    const moment = momentOf({
      threads: [
        {
          tid: 7,
          lastEventFd: 3,
          files: [
            { fd: 3, name: '/a/b' },
            { fd: 4, name: '/a/b' },
            { fd: 5, name: '/a/b', kind: 'directory' },
          ],
        },
      ],
      event: { symbol: 'SYSCALL_READ_X', tid: 7 },
    });
    const { column, fromColumn } = readingOf([FD], 'fd.directory');
    const first = column?.(moment);
    moment.file = moment.thread?.file(4);
    expect(column?.(moment)).toBe(first);
    expect(fromColumn?.(first?.value ?? '')).toBe('/a');
    expect(readingOf([FD], 'fd.typechar').column?.(moment)).toBe(first);
    moment.file = moment.thread?.file(5);
    expect(column?.(moment)).not.toBe(first);
    expect(fromColumn?.(column?.(moment)?.value ?? '')).toBe('/a/b');
  });
});

describe('parts of a path', () => {
  it('make the path again, unless it ends in a slash', () => {
    fc.assert(
      fc.property(path, (text) => {
        if (text.endsWith('/')) {
          expect(fileNameOf(text)).toBe(text);
          return;
        }
        if (!text.includes('/')) {
          expect([directoryOf(text), fileNameOf(text)]).toEqual(['/', '/']);
          return;
        }
        const directory = directoryOf(text);
        const isTop = text.lastIndexOf('/') === 0;
        expect(isTop ? `/${fileNameOf(text)}` : `${directory}/${fileNameOf(text)}`).toBe(text);
      }),
    );
  });
});
