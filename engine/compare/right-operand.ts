import { heldValue } from '../fields/transform-part.ts';
import { typeName } from '../fields/transform-type.ts';
import type { Field } from '../fields/field.ts';
import type { Operator } from '../filter/ast.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Scalar, Value } from '../model/value.ts';
import { asciiLower } from '../fields/transform-case.ts';
import { compileGlob } from './glob.ts';
import { Refusal } from './refusal.ts';

/** Decides two values that are there. */
export type Relation = (left: Value, right: Value) => boolean;

/** Refuses a field or transformer on the right that does not go with the left field and the operator. */
export function checkRightOperand(operator: Operator, left: Field, right: Field): Refusal | undefined {
  if (operator === 'pmatch' || operator === 'regex') {
    return new Refusal(`operator '${operator.toUpperCase()}' doesn't support right-hand side fields`);
  }
  if (left.type === 'IPNET') return new Refusal("field type 'IPNET' doesn't support right-hand side fields");
  if (left.row.noRightSide) return new Refusal(`field '${left.row.name}' doesn't support right-hand side fields`);
  if (right.row.noRightSide) return new Refusal(`field '${right.row.name}' can't be used as a right-hand side field`);
  if (left.type === right.type && left.list === right.list) return undefined;
  const typeOf = (field: Field) => `type '${typeName(field.type)}'${field.list ? ' (list)' : ''}`;
  return new Refusal(
    `field '${left.row.name}' has ${typeOf(left)} while the right-hand side field '${right.row.name}' has incompatible ${typeOf(right)}`,
    'both sides must have the same type',
  );
}

/** `left operator right`, both read from fields of the same type. */
export function fieldRelation(operator: Operator, left: Field, right: Field): Relation {
  if (operator === 'in' || operator === 'intersects') return membershipRelation(operator, left, right);
  switch (operator) {
    case '!=':
      return (a, b) => a !== b;
    case '<':
      return (a, b) => a < b;
    case '<=':
      return (a, b) => a <= b;
    case '>':
      return (a, b) => a > b;
    case '>=':
      return (a, b) => a >= b;
    case 'contains':
    case 'bcontains':
      return texts((a, b) => a.includes(b));
    case 'icontains':
      return texts((a, b) => asciiLower(a).includes(asciiLower(b)));
    case 'startswith':
    case 'bstartswith':
      return texts((a, b) => a.startsWith(b));
    case 'endswith':
      return texts((a, b) => a.endsWith(b));
    case 'glob':
    case 'iglob':
      return texts((a, b) => compileGlob(b, operator === 'iglob')(a));
    default:
      return (a, b) => a === b;
  }
}

/**
 * All values on the left, or one of them, are among those on the right. A text on the right that went through a
 * transformer still has its NUL there, so no single text on the left is ever among them.
 */
function membershipRelation(operator: 'in' | 'intersects', left: Field, right: Field): Relation {
  if (!left.list) return (a, b) => a === heldValue(right, b);
  return (a, b) => {
    const members = new Set(heldValue(right, b) as readonly Scalar[]);
    const values = heldValue(left, a) as readonly Scalar[];
    return operator === 'in' ? values.every((value) => members.has(value)) : values.some((value) => members.has(value));
  };
}

function texts(relation: (left: ByteString, right: ByteString) => boolean): Relation {
  return relation as Relation;
}
