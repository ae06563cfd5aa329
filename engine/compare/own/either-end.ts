import type { Field } from '../../fields/field.ts';
import type { Check } from '../../filter/ast.ts';
import type { Value } from '../../model/value.ts';
import type { Moment } from '../../state/moment.ts';
import { Network } from '../network.ts';
import type { RightConstants } from '../right-constants.ts';
import type { Test } from '../scalar-test.ts';
import { firstTest } from './first-test.ts';

/** Decides over the ends of a socket: one for a listening one, two for a connection, none for another file. */
type Ends = (ends: readonly Value[]) => boolean;

/** `fd.ip`, `fd.net`, `fd.port` and `fd.proto`: either end satisfies the operator, but both must differ for `!=`. */
export function eitherEnd(check: Check, field: Field, right: RightConstants): (moment: Moment) => boolean {
  const decide = endsTest(check, field, right);
  return (moment) => {
    const ends = field.candidates?.(moment);
    return ends !== undefined && decide(ends);
  };
}

function endsTest(check: Check, field: Field, right: RightConstants): Ends {
  const { operator } = check;
  if (operator === 'exists') return () => true;
  if (field.ownComparison === 'either-net') return networkEnds(check, right);
  if (operator === 'intersects') return () => false;
  // Falco looks up an address of no length, which is in no list.
  if (operator === 'in' && field.ownComparison === 'either-ip') return () => false;
  return eitherOrBoth(check, firstTest(check, field, right));
}

/** Only the first network counts; `intersects` works on listening sockets alone. */
function networkEnds(check: Check, { constants: [network] }: RightConstants): Ends {
  if (!(network instanceof Network)) return () => false;
  const isOutside = check.operator === '!=';
  const test: Test = (end) => network.contains(end as string) !== isOutside;
  if (check.operator === 'intersects') return (ends) => ends.length === 1 && test(ends[0] as Value);
  return eitherOrBoth(check, test);
}

function eitherOrBoth({ operator }: Check, test: Test): Ends {
  return operator === '!=' ? (ends) => ends.length > 0 && ends.every(test) : (ends) => ends.some(test);
}

/** What Falco ends with at the first socket, where the operator compiles but can't be decided. */
export function socketProblem({ operator }: Check, field: Field): string | undefined {
  if (operator !== 'intersects') return undefined;
  if (field.ownComparison === 'either-ip') return "filter error: IP filter only supports '=' and '!=' operators";
  return field.ownComparison === 'either-net' ? undefined : 'filter error: unsupported port comparison operator';
}
