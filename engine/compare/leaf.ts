import type { Field, Subject } from '../fields/field.ts';
import { cTextOf } from '../fields/transform-text.ts';
import {
  heldValue,
  joinEventTypes,
  joinSubjects,
  joinVaryingTypes,
  NO_ROW,
  valueFromColumn,
} from '../fields/transform-part.ts';
import { isTextType } from '../fields/transform-type.ts';
import type { Check, Operator } from '../filter/ast.ts';
import { writeExpression } from '../filter/print.ts';
import type { Value } from '../model/value.ts';
import type { Moment } from '../state/moment.ts';
import type { Leaf } from './condition.ts';
import type { Relation } from './right-operand.ts';
import type { Test } from './scalar-test.ts';

/** The leaf of a check that looks at one value. */
export function testLeaf(check: Check, field: Field, test: Test): Leaf {
  const holds = field.list ? (value: Value) => test(heldValue(field, value) as Value) : textual(check, field, test);
  const decided = (value: Value | undefined) => value !== undefined && holds(value);
  return {
    ...leafBase(check, [field]),
    decide: (moment) => {
      const value = field.read(moment);
      return value !== undefined && holds(value);
    },
    decideValue: decided,
    ...(isAboutText(field.subject) ? { decideText: (text) => decided(valueFromColumn(field, text)) } : {}),
    ...(field.subject === 'type' ? { decideType: (code: number) => decided(field.fromType?.(code)) } : {}),
  };
}

/** The leaf of a check that looks at two values, each from a field. */
export function relationLeaf(check: Check, left: Field, right: Field, relation: Relation): Leaf {
  const fields = [left, right];
  const base = leafBase(check, fields);
  const decided = (a: Value | undefined, b: Value | undefined) => a !== undefined && b !== undefined && relation(a, b);
  return {
    ...base,
    decide: (moment) => decided(left.read(moment), right.read(moment)),
    ...(isAboutText(base.subject)
      ? { decideText: (text) => decided(valueFromColumn(left, text), valueFromColumn(right, text)) }
      : {}),
    ...(base.subject === 'type'
      ? { decideType: (code: number) => decided(left.fromType?.(code), right.fromType?.(code)) }
      : {}),
  };
}

/** The leaf of a check on a field that is compared by code of its own. */
export function ownLeaf(check: Check, field: Field, decide: (moment: Moment) => boolean): Leaf {
  return { ...leafBase(check, [field]), decide };
}

function leafBase(check: Check, fields: readonly Field[]) {
  const [field, right] = fields as [Field, Field | undefined];
  const column = fields.find((part) => part.column !== undefined)?.column;
  const { written: _, ...plain } = check;
  return {
    kind: 'leaf' as const,
    check,
    key: writeExpression(plain),
    field,
    right,
    subject: joinSubjects(fields),
    eventTypes: joinEventTypes(fields),
    variesOn: joinVaryingTypes(fields),
    column,
    inOrder: fields.some((part) => part.changesWhenRead === true),
  };
}

function isAboutText(subject: Subject): boolean {
  return subject.startsWith('text:');
}

/** Operators that look at a whole text; all others stop at its first NUL. */
const WHOLE_TEXT: ReadonlySet<Operator> = new Set(['in', 'intersects', 'pmatch', 'regex', 'exists']);

/** Only what base64 gives can hold a NUL, and only transformers give that. */
function textual(check: Check, field: Field, test: Test): Test {
  const isMade = 'isConstant' in field || field.row === NO_ROW;
  if (!isMade || !isTextType(field.type) || WHOLE_TEXT.has(check.operator)) return test;
  return (value) => test(cTextOf(value as string));
}
