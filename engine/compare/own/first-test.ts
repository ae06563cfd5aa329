import type { Field } from '../../fields/field.ts';
import type { Check } from '../../filter/ast.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { membership } from '../membership.ts';
import { compilePathMatch } from '../path-match.ts';
import type { RightConstants } from '../right-constants.ts';
import type { Test } from '../scalar-test.ts';

/**
 * The test of a field that Falco compares by code of its own: modifiers count for nothing and only the first constant is
 * looked at, save by the operators for lists.
 */
export function firstTest({ operator }: Check, field: Field, { constants, tests }: RightConstants): Test {
  if (operator === 'exists') return () => true;
  if (operator === 'in' || operator === 'intersects') return membership(operator, field.type, false, constants);
  if (operator === 'pmatch') return compilePathMatch(constants as ByteString[]) as Test;
  return tests[0] ?? (() => false);
}
