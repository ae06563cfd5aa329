import { describe, expect, it } from 'vitest';
import { CONTAINER } from '../../engine/fields/container.ts';
import { FD } from '../../engine/fields/fd.ts';
import { FDLIST } from '../../engine/fields/fdlist.ts';
import type { Family, Reading } from '../../engine/fields/field.ts';
import { FIELD_ROWS } from '../../engine/fields/field-table.ts';
import { GROUP } from '../../engine/fields/group.ts';
import { K8S } from '../../engine/fields/k8s.ts';
import { PROC } from '../../engine/fields/proc.ts';
import { THREAD } from '../../engine/fields/thread.ts';
import { USER } from '../../engine/fields/user.ts';

const FAMILIES: readonly [string, Family][] = [
  ['process', { ...PROC, ...THREAD }],
  ['user', USER],
  ['group', GROUP],
  ['fd', FD],
  ['fdlist', FDLIST],
  ['container', { ...CONTAINER, ...K8S }],
];

function readings(family: Family): [string, Reading][] {
  return Object.entries(family).flatMap(([name, entry]): [string, Reading][] => {
    if (typeof entry !== 'function') return [[name, entry]];
    return ['', '1', 'x', undefined].flatMap((argument): [string, Reading][] => {
      const made = entry(argument);
      return 'problem' in made ? [] : [[`${name}[${argument}]`, made]];
    });
  });
}

describe('field families', () => {
  it.each(FAMILIES)('of class %s have every field of the public table and no other', (fieldClass, family) => {
    const rows = FIELD_ROWS.filter((row) => row.fieldClass === fieldClass).map((row) => row.name);
    expect(Object.keys(family).sort()).toEqual(rows.sort());
  });

  it.each(FAMILIES)('of class %s take an argument exactly where the table allows one', (fieldClass, family) => {
    for (const row of FIELD_ROWS.filter((candidate) => candidate.fieldClass === fieldClass)) {
      expect([row.name, typeof family[row.name] === 'function']).toEqual([row.name, row.argument !== 'none']);
    }
  });

  it.each(FAMILIES)('of class %s give a column with every text subject and with no other', (_, family) => {
    for (const [name, reading] of readings(family)) {
      const isText = reading.subject.startsWith('text:');
      expect([name, reading.column !== undefined]).toEqual([name, isText]);
    }
  });

  it('never let two fields of one text subject read different columns', () => {
    const columns = new Map<string, Reading['column']>();
    for (const [, family] of FAMILIES) {
      for (const [, reading] of readings(family)) {
        if (!reading.subject.startsWith('text:')) continue;
        const known = columns.get(reading.subject) ?? reading.column;
        expect(reading.column).toBe(known);
        columns.set(reading.subject, known);
      }
    }
  });

  it('give candidates with an own comparison', () => {
    for (const [, family] of FAMILIES) {
      for (const [name, { ownComparison, candidates }] of readings(family)) {
        expect([name, candidates !== undefined]).toEqual([name, ownComparison !== undefined]);
      }
    }
  });
});
