import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { findField, longestField } from '../../engine/fields/catalogue.ts';
import { DESCRIPTIONS } from '../../engine/fields/descriptions.ts';
import { fieldInfos } from '../../engine/fields/field-info.ts';
import { FIELD_ROWS } from '../../engine/fields/field-table.ts';

/** A name and an argument, and the field or the problem that they are. */
interface LookUp {
  readonly name: string;
  readonly argument?: string;
  readonly is?: string;
  readonly type?: string;
  readonly row?: string;
  readonly list?: boolean;
  readonly problem?: string;
  readonly message?: string;
}

const lookUps = load(
  readFileSync(new URL('../cases/fields/look-up.yaml', import.meta.url), 'utf8'),
) as readonly LookUp[];

describe('looking a field up', () => {
  it.each(lookUps)('$name [$argument]', ({ name, argument, is, type, row, list, problem, message }) => {
    const found = findField(name, argument);
    if (problem !== undefined) {
      expect(found).toEqual({ problem, message });
      return;
    }
    if ('problem' in found) throw new Error(found.message);
    expect(found.name).toBe(is);
    if (type !== undefined) expect(found.type).toBe(type);
    if (row !== undefined) expect(found.row.name).toBe(row);
    if (list !== undefined) expect(found.list).toBe(list);
  });

  it('finds every field of the public table in at least one of its forms', () => {
    const arguments_ = [undefined, '0', 'a'];
    const missing = FIELD_ROWS.filter(({ name }) => {
      const forms = arguments_.map((argument) => findField(name, argument));
      return forms.every((found) => 'problem' in found);
    });
    // These go on after a dot.
    expect(missing.map(({ name }) => name)).toEqual(['evt.type.is', 'evt.rawarg', 'thread.cgroup']);
  });

  it('gives a text subject a column and a type subject a value by event code', () => {
    for (const { name } of FIELD_ROWS) {
      for (const argument of [undefined, '0']) {
        const found = findField(name, argument);
        if ('problem' in found) continue;
        expect([name, found.column !== undefined]).toEqual([name, found.subject.startsWith('text:')]);
        expect([name, found.fromType !== undefined]).toEqual([name, found.subject === 'type']);
      }
    }
  });
});

describe('the longest field at the front of a text', () => {
  it.each([
    ['proc.name', 9],
    ['proc.nameand more', 9],
    ['proc.name.x', 9],
    ['proc.aname.x', 10],
    ['evt.arg.fdx', 10],
    ['evt.type.is.5', 8],
    ['evt.abspath.srcx', 15],
    ['thread.cgroup.cpuset9.x', 20],
    ['evt.arg', 0],
    ['proc', 0],
    ['.name', 0],
  ])('%s', (text, length) => {
    expect(longestField(text)).toBe(length);
    expect(longestField(`%${text}`, 1)).toBe(length);
  });

  it('is a field, and no longer one is', () => {
    const part = fc.constantFrom(
      'evt',
      'proc',
      'arg',
      'name',
      'type',
      'is',
      'fd',
      'open',
      'abspath',
      'src',
      'x',
      'cgroup',
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), fc.constantFrom('', '.', ' '), (parts, end) => {
        const text = parts.join('.') + end;
        const isField = (length: number) => !('problem' in findField(text.slice(0, length), undefined));
        const lengths = Array.from(text, (_, index) => index + 1).filter(isField);
        expect(longestField(text)).toBe(lengths.at(-1) ?? 0);
      }),
    );
  });
});

describe('the list of fields', () => {
  it('describes every field in one sentence', () => {
    expect(Object.keys(DESCRIPTIONS).toSorted()).toEqual(FIELD_ROWS.map(({ name }) => name).toSorted());
    for (const text of Object.values(DESCRIPTIONS)) expect(text).toMatch(/^\S[^\n]*[^.]\.$/);
  });

  it('tells how to write each field, in forms that can be looked up', () => {
    for (const { usage } of fieldInfos()) {
      for (const form of usage) {
        const example = form
          .replace('NAME', 'open')
          .replace('SUBSYSTEM', 'cpu')
          .replace(/\[(N|TIME)\]/, '[1]');
        const [name, argument] = example.replace(']', '').split('[') as [string, string | undefined];
        const found = findField(
          name.startsWith('evt.arg.') || name.startsWith('evt.rawarg.') ? `${name.split('.', 2).join('.')}.fd` : name,
          argument,
        );
        expect([form, 'problem' in found]).toEqual([form, false]);
      }
    }
  });

  it('knows what no trace of syscalls can answer', () => {
    const undecidable = fieldInfos().filter(({ decidable }) => !decidable);
    expect(undecidable.length).toBeGreaterThan(0);
    expect(undecidable.every(({ fieldClass }) => fieldClass === 'k8smeta')).toBe(true);
  });
});
