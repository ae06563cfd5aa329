import type { ParamType, PrintFormat } from '../model/param-type.ts';
import type { Value } from '../model/value.ts';
import type { Field, FieldRow } from './field.ts';
import {
  heldValue,
  isConstant,
  joinEventTypes,
  joinSubjects,
  joinVaryingTypes,
  valueFromColumn,
  type TransformedField,
} from './transform-part.ts';

/** A value made of the values of several fields, all of them present. */
type Recipe = (values: readonly Value[]) => Value | undefined;

/** What a transformer makes of its parts. */
export interface Combination {
  readonly name: string;
  readonly row: FieldRow;
  readonly type: ParamType;
  readonly print: PrintFormat;
  readonly list: boolean;
  /** Fed with values as Falco holds them. */
  readonly value: Recipe;
  /** See `TransformedField.held`. */
  readonly held?: (value: Value) => Value;
}

/** The field made of `parts`: missing where any part is, and about what all of them are about. */
export function combine(parts: readonly Field[], made: Combination): TransformedField {
  const subject = joinSubjects(parts);
  const eventTypes = joinEventTypes(parts);
  const variesOn = joinVaryingTypes(parts);
  const { name, row, type, print, list, value, held } = made;
  return {
    name,
    row,
    type,
    print,
    list,
    subject,
    isConstant: parts.every(isConstant),
    read: (moment) => make(parts, value, (part) => part.read(moment)),
    ...(held === undefined ? {} : { held }),
    ...(eventTypes === undefined ? {} : { eventTypes }),
    ...textColumn(parts, subject.startsWith('text:'), value),
    ...(subject !== 'type' ? {} : { fromType: (code: number) => make(parts, value, (part) => part.fromType?.(code)) }),
    ...(variesOn === undefined ? {} : { variesOn }),
    ...(parts.some((part) => part.changesWhenRead) ? { changesWhenRead: true as const } : {}),
  };
}

function textColumn(
  parts: readonly Field[],
  isText: boolean,
  recipe: Recipe,
): Pick<TransformedField, 'column' | 'fromColumn'> {
  if (!isText) return { fromColumn: () => make(parts, recipe, (part) => valueFromColumn(part, '')) };
  const column = parts.find((part) => !isConstant(part))?.column;
  return {
    ...(column === undefined ? {} : { column }),
    fromColumn: (text) => make(parts, recipe, (part) => valueFromColumn(part, text)),
  };
}

function make(parts: readonly Field[], recipe: Recipe, valueOf: (part: Field) => Value | undefined): Value | undefined {
  const values: Value[] = [];
  for (const part of parts) {
    const value = heldValue(part, valueOf(part));
    if (value === undefined) return undefined;
    values.push(value);
  }
  return recipe(values);
}
