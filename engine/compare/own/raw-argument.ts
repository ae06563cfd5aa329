import type { Field } from '../../fields/field.ts';
import { bytesOfValue, cTextOf } from '../../fields/transform-text.ts';
import { isTextType } from '../../fields/transform-type.ts';
import type { Check } from '../../filter/ast.ts';
import { byteString, type ByteString } from '../../model/byte-string.ts';
import type { Event } from '../../model/event.ts';
import { integerOf, type Integer } from '../../model/integer.ts';
import { PARAM_SIZES, type ParamType } from '../../model/param-type.ts';
import type { Value } from '../../model/value.ts';
import type { Moment } from '../../state/moment.ts';
import type { Constant } from '../constant.ts';
import { typeGroup } from '../operator-support.ts';
import { Refusal } from '../refusal.ts';
import type { RightConstants } from '../right-constants.ts';
import { scalarTest, type Test } from '../scalar-test.ts';
import { firstTest } from './first-test.ts';

/** What an empty text parameter reads as. */
const NO_TEXT = '<NA>';

/**
 * `evt.rawarg.NAME`. The constant is read to the type that the longest parameter of that name has in the event table,
 * and then compared as whatever type the parameter of the present event has.
 */
export function rawArgument(check: Check, field: Field, right: RightConstants): (moment: Moment) => boolean {
  const name = field.name.slice('evt.rawarg.'.length);
  const tests = new Map<ParamType, Test>();
  const testFor = (type: ParamType): Test => {
    let test = tests.get(type);
    if (test === undefined) tests.set(type, (test = argumentTest(check, field, right, type)));
    return test;
  };
  return ({ event }) => {
    const index = event.info.params.findIndex((param, i) => param.name === name && i < event.paramCount);
    const param = event.info.params[index];
    if (param === undefined) return false;
    if (isTextType(param.type)) return testFor(param.type)(textAt(event, index));
    return event.has(index) && testFor(param.type)(valueAt(event, index, param.type));
  };
}

function argumentTest(check: Check, field: Field, right: RightConstants, type: ParamType): Test {
  const { operator } = check;
  if (operator === 'exists') return () => true;
  // Falco looks up a number of no length, which is in no list.
  if (operator === 'in' || operator === 'intersects') {
    return isTextType(type) ? firstTest(check, { ...field, type }, right) : () => false;
  }
  if (type === field.type || operator === 'pmatch') return firstTest(check, field, right);
  const [constant] = right.constants;
  if (constant === undefined || typeGroup(type) === 'other') return () => false;
  const test = scalarTest(operator, type, reread(constant, field.type, type));
  return test instanceof Refusal ? () => false : test;
}

/** The bytes of a constant of one type, read as another. */
function reread(constant: Constant, from: ParamType, to: ParamType): Constant {
  const bytes = bytesOfValue(constant as Value, from);
  return typeGroup(to) === 'number' ? numberOf(bytes, to) : isTextType(to) ? cTextOf(bytes) : bytes;
}

const SIGNED: ReadonlySet<ParamType> = new Set(['INT8', 'INT16', 'INT32', 'INT64', 'FD', 'PID', 'ERRNO']);

function numberOf(bytes: ByteString, type: ParamType): Integer {
  const size = PARAM_SIZES[type] ?? 8;
  let value = 0n;
  for (let i = Math.min(size, bytes.length) - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes.charCodeAt(i));
  return integerOf(SIGNED.has(type) ? BigInt.asIntN(size * 8, value) : value);
}

function textAt(event: Event, index: number): ByteString {
  const text = event.has(index) ? event.string(index) : NO_TEXT;
  return text === '(NULL)' ? NO_TEXT : text;
}

function valueAt(event: Event, index: number, type: ParamType): Value {
  const bytes = byteString(event.data(index));
  if (type === 'BOOL') return numberOf(bytes, 'UINT32') !== 0;
  return typeGroup(type) === 'number' ? numberOf(bytes, type) : bytes;
}
