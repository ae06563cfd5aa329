import { findField } from '../fields/catalogue.ts';
import type { Field, FieldFinder } from '../fields/field.ts';
import { fieldOf, isProblem, type OperandProblem } from '../fields/transform.ts';
import type { Check, Operand } from '../filter/ast.ts';
import { toUnicode } from '../model/byte-string.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Leaf } from './condition.ts';
import { ownLeaf, relationLeaf, testLeaf } from './leaf.ts';
import { checkOperator } from './operator-support.ts';
import { endsFalco, ownDecision } from './own/own-comparison.ts';
import { Refusal } from './refusal.ts';
import { constantTest, readConstants, writtenConstants, type RightConstants } from './right-constants.ts';
import { checkRightOperand, fieldRelation } from './right-operand.ts';

/** A leaf that can be decided, with our own advice about it. */
export interface CheckedLeaf {
  readonly leaf: Leaf;
  readonly lints: readonly Diagnostic[];
}

const NO_CONSTANTS: RightConstants = { constants: [], tests: [] };

/** Checks one check: left side, operator, right side, in Falco's order. */
export function checkLeaf(
  check: Check,
  asyncEvents: ReadonlySet<string>,
  find: FieldFinder = findField,
): CheckedLeaf | Refusal {
  const field = readOperand(check.left, find);
  if (field instanceof Refusal) return field;
  const misfit = checkOperator(check.operator, check.modifier, field.type, field.list);
  if (misfit !== undefined) return misfit;
  const { right } = check;
  if (right?.kind === 'field' || right?.kind === 'transformer') return checkRelation(check, field, right, find);
  const written = writtenConstants(right);
  const constants = written === undefined ? NO_CONSTANTS : readConstants(check, field, written, asyncEvents);
  if (constants instanceof Refusal) return constants;
  if (field.ownComparison !== undefined) return checkOwn(check, field, constants);
  const test = check.operator === 'exists' ? () => true : constantTest(check, field, constants);
  return { leaf: testLeaf(check, field, test), lints: [] };
}

function checkRelation(check: Check, left: Field, operand: Operand, find: FieldFinder): CheckedLeaf | Refusal {
  const right = readOperand(operand, find);
  if (right instanceof Refusal) return right;
  const misfit = checkRightOperand(check.operator, left, right);
  if (misfit !== undefined) return misfit;
  return { leaf: relationLeaf(check, left, right, fieldRelation(check.operator, left, right)), lints: [] };
}

function checkOwn(check: Check, field: Field, constants: RightConstants): CheckedLeaf | Refusal {
  const decide = ownDecision(check, field, constants);
  if (decide instanceof Refusal) return decide;
  const end = endsFalco(check, field);
  return { leaf: ownLeaf(check, field, decide), lints: end === undefined ? [] : [endingLint(check, end)] };
}

function endingLint({ span }: Check, message: string): Diagnostic {
  return {
    code: 'RUNTIME_EXCEPTION',
    severity: 'lint',
    message: `Falco ends at the first socket event that reaches this check: ${message}`,
    span,
    hint: 'compare with =, != or in',
  };
}

function readOperand(operand: Operand, find: FieldFinder): Field | Refusal {
  const found = fieldOf(operand, find);
  return isProblem(found) ? refusal(found) : found;
}

function refusal({ problem, message }: OperandProblem): Refusal {
  return new Refusal(toUnicode(message), undefined, problem === 'ends-falco');
}
