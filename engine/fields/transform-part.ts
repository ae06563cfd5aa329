import type { ByteString } from '../model/byte-string.ts';
import type { Value } from '../model/value.ts';
import type { Field, FieldProblem, FieldRow, Subject } from './field.ts';

/** A field that a transformer gave, or a constant within one. */
export interface TransformedField extends Field {
  /** The same value whatever the moment. */
  readonly isConstant: boolean;
  /**
   * The value as Falco holds it, made from what `read` gives: texts that went through a transformer keep the NUL at
   * their end, which makes them differ from constants in `in` and `intersects` of lists.
   */
  held?(value: Value): Value;
}

/** Why an operand can't be read. */
export interface OperandProblem {
  /** `type` is a transformer that does not fit, `ends-falco` one that makes Falco end instead of refusing. */
  readonly problem: FieldProblem['problem'] | 'type' | 'ends-falco';
  readonly message: string;
}

/** The row of what no field stands behind: constants and what several parts were made into. */
export const NO_ROW: FieldRow = {
  name: 'NA',
  fieldClass: '',
  type: 'CHARBUF',
  print: 'NA',
  list: false,
  argument: 'none',
  argumentKind: undefined,
  noTransformer: false,
  noRightSide: false,
  filterOnly: false,
  printOnly: false,
  deprecated: false,
  hidden: true,
  suggested: false,
};

/** The same for what getopt gives without an option, which has a name of its own in Falco's messages. */
export const OPTIONS_ROW: FieldRow = { ...NO_ROW, name: 'INTERNAL' };

/** The same for a list in parentheses. */
export const LIST_ROW: FieldRow = { ...NO_ROW, list: true };

/** True for a constant or what was made of constants alone. */
export function isConstant(field: Field): boolean {
  return (field as TransformedField).isConstant === true;
}

/** The value as Falco holds it, see `TransformedField.held`. */
export function heldValue(field: Field, value: Value | undefined): Value | undefined {
  const { held } = field as TransformedField;
  return held === undefined || value === undefined ? value : held(value);
}

/** What the text of its column makes of a field with a text subject. */
export function valueFromColumn(field: Field, text: ByteString): Value | undefined {
  return field.fromColumn === undefined ? text : field.fromColumn(text);
}

/** A constant as an argument of a transformer. */
export function constantField(text: ByteString): TransformedField {
  return {
    name: JSON.stringify(text),
    row: NO_ROW,
    type: 'CHARBUF',
    print: 'NA',
    list: false,
    isConstant: true,
    subject: 'type',
    read: () => text,
    fromColumn: () => text,
    fromType: () => text,
  };
}

/** What the combination of several fields is about: the same thing if all are about one, else the event. */
export function joinSubjects(fields: readonly Field[]): Subject {
  const subjects = new Set(fields.filter((field) => !isConstant(field)).map((field) => field.subject));
  if (subjects.size === 0) return 'type';
  const [only] = subjects;
  return subjects.size === 1 && only !== undefined ? only : 'event';
}

/** Event codes on which all fields can have a value; undefined is any. */
export function joinEventTypes(fields: readonly Field[]): ReadonlySet<number> | undefined {
  let codes: ReadonlySet<number> | undefined;
  for (const { eventTypes } of fields) {
    if (eventTypes === undefined) continue;
    const narrowed: ReadonlySet<number> | undefined = codes;
    codes = narrowed === undefined ? eventTypes : new Set([...narrowed].filter((code) => eventTypes.has(code)));
  }
  return codes;
}

/** Codes on which any field must be read after all, see `Reading.variesOn`. */
export function joinVaryingTypes(fields: readonly Field[]): ReadonlySet<number> | undefined {
  const sets = fields.map((field) => field.variesOn).filter((codes) => codes !== undefined);
  return sets.length === 0 ? undefined : new Set(sets.flatMap((codes) => [...codes]));
}
