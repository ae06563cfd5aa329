import { isDecidable } from '../../../engine/fields/catalogue.ts';
import { FIELD_ROWS } from '../../../engine/fields/field-table.ts';

const ARGUMENTS: Readonly<Record<string, string>> = {
  'evt.arg': 'evt.arg[0]',
  'evt.rawarg': 'evt.rawarg.res',
  'evt.type.is': 'evt.type.is.open',
  'thread.cgroup': 'thread.cgroup.cpu',
  'container.mount': 'container.mount[/etc]',
};

/** Every field that an output can show, with an argument where it needs one. */
export const EVERY_FIELD: readonly string[] = FIELD_ROWS.filter((row) => isDecidable(row) && !row.filterOnly).map(
  ({ name, argument, argumentKind }) =>
    ARGUMENTS[name] ?? (argument === 'required' ? `${name}[${argumentKind === 'index' ? '1' : 'a'}]` : name),
);

/** A rule that fires at some events of every kind and shows every field. */
export const EVERY_FIELD_RULE = `- rule: Every field
  desc: Shows all that can be shown.
  condition: evt.time endswith 7 and not evt.time endswith 77
  output: "${EVERY_FIELD.map((field) => `%${field}`).join(' ')}"
  priority: DEBUG
`;
