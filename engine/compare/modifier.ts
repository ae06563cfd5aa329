import type { Modifier, Operator } from '../filter/ast.ts';
import type { ParamType } from '../model/param-type.ts';
import type { Scalar } from '../model/value.ts';
import type { Constant } from './constant.ts';
import { memberTest } from './membership.ts';
import { typeGroup } from './operator-support.ts';
import type { Test } from './scalar-test.ts';

/**
 * `operator modifier (constants)`: exactly one, at least one or all of the constants satisfy the operator; never true
 * without any constant. `= anyof` and `!= allof` are membership, which Falco takes byte for byte: no address is ever
 * equal to a network then.
 *
 * @param tests one for each constant
 */
export function modifiedTest(
  operator: Operator,
  modifier: Modifier,
  type: ParamType,
  constants: readonly Constant[],
  tests: readonly Test[],
): Test {
  if (constants.length === 0) return () => false;
  const isNetwork = typeGroup(type) === 'network';
  if (operator === '=' && modifier === 'anyof') {
    return isNetwork ? () => false : (memberTest(type, constants) as Test);
  }
  if (operator === '!=' && modifier === 'allof') {
    if (isNetwork) return () => true;
    const isMember = memberTest(type, constants);
    return (value) => !isMember(value as Scalar);
  }
  return combineTests(modifier, tests);
}

function combineTests(modifier: Modifier, tests: readonly Test[]): Test {
  if (modifier === 'anyof') return (value) => tests.some((test) => test(value));
  if (modifier === 'allof') return (value) => tests.every((test) => test(value));
  return (value) => {
    let holding = 0;
    for (const test of tests) if (test(value) && ++holding > 1) return false;
    return holding === 1;
  };
}
