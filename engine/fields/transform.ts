import type { Constant, Operand, Transformer, TransformerArgument, TransformerList } from '../filter/ast.ts';
import { fromUnicode } from '../model/byte-string.ts';
import type { Integer } from '../model/integer.ts';
import type { Scalar, Value } from '../model/value.ts';
import { findField } from './catalogue.ts';
import type { Field, FieldFinder } from './field.ts';
import { combine } from './transform-combine.ts';
import { constantField, LIST_ROW, type OperandProblem, type TransformedField } from './transform-part.ts';
import { isSeveralTransformer, transformSeveral } from './transform-several.ts';
import { isSingleTransformer, transformSingle } from './transform-single.ts';
import { bytesOfValue, numberText } from './transform-text.ts';

export type { OperandProblem } from './transform-part.ts';

/** The field that an operand of a condition or an output stands for: a plain one, or what transformers make of some. */
export function fieldOf(operand: Operand, find: FieldFinder = findField): Field | OperandProblem {
  return operand.kind === 'field' ? find(operand.name, operand.argument) : transform(operand, find);
}

/** True when there is no field but a reason why not. */
export function isProblem(found: Field | OperandProblem): found is OperandProblem {
  return 'problem' in found;
}

function transform(operand: Transformer, find: FieldFinder): Field | OperandProblem {
  const parts: Field[] = [];
  for (const arg of operand.args) {
    const part = argumentField(arg, find);
    if (isProblem(part)) return part;
    parts.push(part);
  }
  const [only] = parts as [Field];
  if (parts.length > 1) return transformMany(operand, parts);
  if (operand.argument !== undefined) {
    const message = `filter error: transformer '${operand.name}' does not support field arguments`;
    return { problem: 'type', message };
  }
  if (isSingleTransformer(operand.name)) return transformSingle(operand.name, only);
  return { problem: 'type', message: `unknown field transfomer '${operand.name}'` };
}

function transformMany(operand: Transformer, parts: readonly Field[]): Field | OperandProblem {
  if (isSeveralTransformer(operand.name)) return transformSeveral(operand.name, parts, operand.argument);
  return { problem: 'ends-falco', message: 'unknown multivalue transformer' };
}

function argumentField(arg: TransformerArgument, find: FieldFinder): Field | OperandProblem {
  if (arg.kind === 'constant') return ofConstant(arg);
  return arg.kind === 'transformer-list' ? listField(arg, find) : fieldOf(arg, find);
}

function ofConstant(constant: Constant): TransformedField {
  return constantField(fromUnicode(constant.text));
}

/** A list in parentheses: the values of its items one after the other, lists among them flattened. */
function listField(list: TransformerList, find: FieldFinder): Field | OperandProblem {
  const parts: Field[] = [];
  for (const item of list.items) {
    const part = item.kind === 'constant' ? ofConstant(item) : fieldOf(item, find);
    if (isProblem(part)) return part;
    parts.push(part);
  }
  return combine(parts, {
    name: `(${parts.map((part) => part.name).join(',')})`,
    row: LIST_ROW,
    type: 'CHARBUF',
    print: 'NA',
    list: true,
    value: (values) => values.flatMap((value, i) => listItems(value, parts[i] as Field)),
  });
}

/** Numbers of these types are taken as text, others as the bytes they are in memory. */
const TEXTUAL_NUMBERS: ReadonlySet<string> = new Set(['PID', 'INT64', 'UINT64']);

function listItems(value: Value, part: Field): readonly Scalar[] {
  if (typeof value === 'object') return value;
  const isNumber = TEXTUAL_NUMBERS.has(part.row.type);
  return [isNumber ? numberText(value as Integer, part.row.print) : bytesOfValue(value, part.type)];
}
