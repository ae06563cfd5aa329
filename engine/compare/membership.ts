import type { ParamType } from '../model/param-type.ts';
import type { Scalar, Value } from '../model/value.ts';
import type { Constant } from './constant.ts';
import type { Network } from './network.ts';
import { typeGroup } from './operator-support.ts';
import type { Test } from './scalar-test.ts';

/** True when one of the constants equals the value, or contains it where they are networks. */
export function memberTest(type: ParamType, constants: readonly Constant[]): (value: Scalar) => boolean {
  if (typeGroup(type) === 'network') {
    return (value) => (constants as readonly Network[]).some((network) => network.contains(value as string));
  }
  if (constants.length === 1) return (value) => value === constants[0];
  const members: ReadonlySet<unknown> = new Set(constants);
  return (value) => members.has(value);
}

/** `in` and `intersects`, which differ for lists only: all of its values, or one of them. */
export function membership(
  operator: 'in' | 'intersects',
  type: ParamType,
  isList: boolean,
  constants: readonly Constant[],
): Test {
  const isMember = memberTest(type, constants);
  if (!isList) return isMember as Test;
  return operator === 'in'
    ? (value: Value) => (value as readonly Scalar[]).every(isMember)
    : (value: Value) => (value as readonly Scalar[]).some(isMember);
}
