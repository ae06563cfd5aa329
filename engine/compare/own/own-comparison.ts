import type { Field } from '../../fields/field.ts';
import type { Check } from '../../filter/ast.ts';
import type { Moment } from '../../state/moment.ts';
import type { RightConstants } from '../right-constants.ts';
import type { Refusal } from '../refusal.ts';
import { anyAncestor } from './ancestors.ts';
import { around } from './around.ts';
import { eitherEnd, socketProblem } from './either-end.ts';
import { hostName, nameProblem } from './host-name.ts';
import { rawArgument } from './raw-argument.ts';

/** The decision of a check on a field with a comparison of its own. */
export function ownDecision(
  check: Check,
  field: Field,
  right: RightConstants,
): ((moment: Moment) => boolean) | Refusal {
  switch (field.ownComparison) {
    case 'ancestors':
      return anyAncestor(check, field, right);
    case 'host-name':
      return hostName(check, field, right);
    case 'around':
      return around(check, right);
    case 'rawarg':
      return rawArgument(check, field, right);
    default:
      return eitherEnd(check, field, right);
  }
}

/** What Falco ends with while it runs, for checks that load; they are never true here. */
export function endsFalco(check: Check, field: Field): string | undefined {
  switch (field.ownComparison) {
    case 'either-ip':
    case 'either-port':
    case 'either-proto':
      return socketProblem(check, field);
    case 'host-name':
      return nameProblem(check);
    default:
      return undefined;
  }
}
