import { Network } from '../compare/network.ts';
import type { Constant } from '../compare/constant.ts';
import type { Field } from '../fields/field.ts';
import type { Operator } from '../filter/ast.ts';
import type { Value } from '../model/value.ts';
import type { Reason } from './reason.ts';
import { shownValue } from './shown-value.ts';

const WORDS: Readonly<Partial<Record<Operator, readonly [holds: string, fails: string]>>> = {
  '<': ['less', 'not less'],
  '<=': ['not greater', 'greater'],
  '>': ['greater', 'not greater'],
  '>=': ['not less', 'less'],
};

/** Why a number, a boolean or an address compares as it does. */
export function orderReason(
  operator: Operator,
  constant: Constant | undefined,
  field: Pick<Field, 'type' | 'print' | 'list'>,
  holds: boolean,
): Reason {
  if (constant instanceof Network) return { code: 'network', text: networkWords(operator, holds) };
  const words = WORDS[operator];
  if (words !== undefined) return { code: 'order', text: holds ? words[0] : words[1] };
  const isEqual = holds === (operator !== '!=');
  if (isEqual) return { code: 'equal', text: 'equal' };
  const other = constant === undefined ? '' : shownValue(field, constant as Value);
  return { code: 'different', text: other === '' ? 'differs' : `not ${other}` };
}

/** Whether an address is in the network; `!=` asks the opposite. */
function networkWords(operator: Operator, holds: boolean): string {
  return holds === (operator !== '!=') ? 'in the network' : 'outside of the network';
}
