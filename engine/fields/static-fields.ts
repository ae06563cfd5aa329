import type { ByteString } from '../model/byte-string.ts';
import { findField } from './catalogue.ts';
import type { Field, FieldFinder, FieldRow } from './field.ts';
import { nonexistent } from './reading.ts';
import { NO_ROW } from './transform-part.ts';

/** Values by name, as `static_fields` of a falco.yaml gives them; texts all of them. */
export type StaticFields = readonly (readonly [name: string, value: ByteString])[];

/** Begins the names of all static fields. */
export const STATIC_PREFIX = 'static.';

/** Finds fields as `findField` does, and `static.NAME` besides: the same text at every moment. */
export function findWithStatic(values: StaticFields): FieldFinder {
  const fields = new Map(values.map(([name, value]) => [STATIC_PREFIX + name, staticField(name, value)]));
  return (name, argument) => {
    const field = fields.get(name);
    if (field === undefined) return findField(name, argument);
    return argument === undefined ? field : nonexistent(name, argument);
  };
}

function staticField(name: string, value: ByteString): Field {
  const row: FieldRow = { ...NO_ROW, name: STATIC_PREFIX + name, fieldClass: 'static', hidden: false, suggested: true };
  return {
    name: row.name,
    row,
    type: row.type,
    print: row.print,
    list: false,
    subject: 'type',
    read: () => value,
    fromType: () => value,
  };
}
