import { asciiLower } from '../fields/transform-case.ts';
import { typeName } from '../fields/transform-type.ts';
import type { Operator } from '../filter/ast.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Integer } from '../model/integer.ts';
import type { ParamType } from '../model/param-type.ts';
import type { Value } from '../model/value.ts';
import type { Constant } from './constant.ts';
import { compileGlob } from './glob.ts';
import type { Network } from './network.ts';
import { typeGroup } from './operator-support.ts';
import { Refusal } from './refusal.ts';
import { compileRegex } from './regex.ts';

/** Decides one value that is there. */
export type Test = (value: Value) => boolean;

/** `value operator constant`, for the operators that take one constant at a time. */
export function scalarTest(operator: Operator, type: ParamType, constant: Constant): Test | Refusal {
  switch (typeGroup(type)) {
    case 'number':
      return numberTest(operator, constant as Integer);
    case 'text':
      return textTest(operator, constant as ByteString) as Test | Refusal;
    case 'buffer':
      return bufferTest(operator, constant as ByteString) as Test;
    case 'network':
      return networkTest(operator, constant as Network) as Test;
    case 'bool':
    case 'address':
      return operator === '!=' ? (value) => value !== constant : (value) => value === constant;
    default:
      return new Refusal(`wrong parameter type ${typeName(type)}`);
  }
}

function numberTest(operator: Operator, constant: Integer): Test {
  switch (operator) {
    case '!=':
      return (value) => value !== constant;
    case '<':
      return (value) => (value as Integer) < constant;
    case '<=':
      return (value) => (value as Integer) <= constant;
    case '>':
      return (value) => (value as Integer) > constant;
    case '>=':
      return (value) => (value as Integer) >= constant;
    default:
      return (value) => value === constant;
  }
}

function textTest(operator: Operator, constant: ByteString): ((text: ByteString) => boolean) | Refusal {
  const folded = operator === 'icontains' ? asciiLower(constant) : constant;
  switch (operator) {
    case '!=':
      return (text) => text !== constant;
    case '<':
      return (text) => text < constant;
    case '<=':
      return (text) => text <= constant;
    case '>':
      return (text) => text > constant;
    case '>=':
      return (text) => text >= constant;
    case 'contains':
      return (text) => text.includes(constant);
    case 'icontains':
      return (text) => asciiLower(text).includes(folded);
    case 'startswith':
      return (text) => text.startsWith(constant);
    case 'endswith':
      return (text) => text.endsWith(constant);
    case 'glob':
    case 'iglob':
      return compileGlob(constant, operator === 'iglob');
    case 'regex':
      return compileRegex(constant);
    default:
      return (text) => text === constant;
  }
}

function bufferTest(operator: Operator, constant: ByteString): (bytes: ByteString) => boolean {
  switch (operator) {
    case '!=':
      return (bytes) => bytes !== constant;
    case 'contains':
    case 'bcontains':
      return (bytes) => bytes.includes(constant);
    case 'startswith':
    case 'bstartswith':
      return (bytes) => bytes.startsWith(constant);
    case 'endswith':
      return (bytes) => bytes.endsWith(constant);
    default:
      return (bytes) => bytes === constant;
  }
}

function networkTest(operator: Operator, network: Network): (address: ByteString) => boolean {
  return operator === '!=' ? (address) => !network.contains(address) : (address) => network.contains(address);
}
