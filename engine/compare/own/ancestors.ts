import type { Field } from '../../fields/field.ts';
import type { Check } from '../../filter/ast.ts';
import type { Moment } from '../../state/moment.ts';
import { typeGroup } from '../operator-support.ts';
import type { RightConstants } from '../right-constants.ts';
import { firstTest } from './first-test.ts';

/** `proc.aname` and the like without an index: any ancestor satisfies the operator, `!=` included. */
export function anyAncestor(check: Check, field: Field, right: RightConstants): (moment: Moment) => boolean {
  const { operator } = check;
  // Falco looks up a number of no length, which is in no list.
  if (typeGroup(field.type) === 'number' && (operator === 'in' || operator === 'intersects')) return () => false;
  const test = firstTest(check, field, right);
  return (moment) => {
    const ancestors = field.candidates?.(moment);
    return ancestors !== undefined && ancestors.some(test);
  };
}
