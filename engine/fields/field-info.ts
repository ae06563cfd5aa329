import { isDecidable } from './catalogue.ts';
import { DESCRIPTIONS } from './descriptions.ts';
import { FIELD_ROWS } from './field-table.ts';
import type { FieldRow } from './field.ts';

/** A field as documentation and completion show it. */
export interface FieldInfo {
  readonly name: string;
  readonly fieldClass: string;
  /** The type without `PT_`: `CHARBUF`, `INT64`, ... */
  readonly type: string;
  readonly list: boolean;
  /** How to write it: `proc.aname` and `proc.aname[N]`, `evt.arg.NAME` and `evt.arg[N]`. */
  readonly usage: readonly string[];
  readonly description: string;
  readonly deprecated: boolean;
  /** For conditions only, for outputs only. */
  readonly filterOnly: boolean;
  readonly printOnly: boolean;
  /** Falco doesn't list it. */
  readonly hidden: boolean;
  /** False for a field that Falco knows and that no trace of syscalls can answer. */
  readonly decidable: boolean;
}

/** All public fields, in Falco's order of classes. */
export function fieldInfos(): readonly FieldInfo[] {
  return FIELD_ROWS.map((row) => ({
    name: row.name,
    fieldClass: row.fieldClass,
    type: row.type,
    list: row.list,
    usage: USAGE[row.name] ?? usageOf(row),
    description: DESCRIPTIONS[row.name] ?? '',
    deprecated: row.deprecated,
    filterOnly: row.filterOnly,
    printOnly: row.printOnly,
    hidden: row.hidden,
    decidable: isDecidable(row),
  }));
}

/** Forms that the table doesn't tell. */
const USAGE: Readonly<Record<string, readonly string[]>> = {
  'evt.arg': ['evt.arg.NAME', 'evt.arg[N]'],
  'evt.rawarg': ['evt.rawarg.NAME'],
  'evt.type.is': ['evt.type.is.NAME'],
  'evt.abspath': ['evt.abspath', 'evt.abspath.src', 'evt.abspath.dst'],
  'evt.around': ['evt.around[TIME]'],
  'thread.cgroup': ['thread.cgroup.SUBSYSTEM'],
};

function usageOf({ name, argument, argumentKind }: FieldRow): readonly string[] {
  if (argument === 'none') return [name];
  const forms =
    argumentKind === 'either'
      ? [`${name}[N]`, `${name}[KEY]`]
      : [argumentKind === 'index' ? `${name}[N]` : `${name}[KEY]`];
  return argument === 'optional' ? [name, ...forms] : forms;
}
