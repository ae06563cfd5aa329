import type { Leaf } from '../compare/condition.ts';
import { readConstants, writtenConstants, type RightConstants } from '../compare/right-constants.ts';
import { Refusal } from '../compare/refusal.ts';
import { typeGroup } from '../compare/operator-support.ts';
import type { Check } from '../filter/ast.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Value } from '../model/value.ts';
import type { Moment } from '../state/moment.ts';
import type { ListNames } from './check-text.ts';
import { absence, withoutContainer } from './absence.ts';
import { listReason } from './list-reason.ts';
import { modifierReason } from './modifier-reason.ts';
import { orderReason } from './order-reason.ts';
import { ownReason } from './own-reason.ts';
import { shownValue } from './shown-value.ts';
import { textReason } from './text-reason.ts';

/** Why a check says what it says, in one word for machines. */
export type ReasonCode =
  /** There is no value, and then no check holds. */
  | 'absent'
  /** The field has a value, which is all that was asked. */
  | 'present'
  /** The value is what it is compared with, or is not: for checks without a nearer reason. */
  | 'equal'
  | 'different'
  /** The texts differ by upper and lower case only. */
  | 'other-case'
  /** The texts differ by blanks around them only. */
  | 'blanks'
  /** The value is in the list, or is not. */
  | 'in-list'
  | 'not-in-list'
  /** The value begins, ends, goes on or is cut off in another way. */
  | 'prefix'
  | 'suffix'
  | 'contained'
  | 'not-contained'
  /** A pattern matches, does not match, or matches a part of the value only, where the whole is asked for. */
  | 'matches'
  | 'no-match'
  | 'part-matches'
  /** The value is less, equal or greater. */
  | 'order'
  /** The address is inside or outside of a network. */
  | 'network'
  /** Several constants or several values were compared: so many hold. */
  | 'several'
  /** Falco did not come to the check, and to decide it would have changed what it says later. */
  | 'not-read';

/** Why a check says what it says. */
export interface Reason {
  readonly code: ReasonCode;
  /** In a few words, to stand behind the value: `is Nginx: differs only in case`. */
  readonly text: string;
}

/** Constants by the check that they stand in; a trace explains the same checks again and again. */
const CONSTANTS = new WeakMap<Check, RightConstants | undefined>();

/** Why a check of one or more values holds or doesn't. Nothing here decides: the verdict is that of the matcher. */
export function reasonOf(leaf: Leaf, moment: Moment, holds: boolean, lists: ListNames): Reason {
  const { check, field, right } = leaf;
  if (leaf.inOrder) return { code: 'not-read', text: 'reading it would change it' };
  const isMany = field.ownComparison !== undefined && field.ownComparison !== 'rawarg';
  if (isMany) return ownReason(leaf, moment, holds, constantsOf(leaf), lists);
  const value = field.read(moment);
  if (value === undefined && field.ownComparison !== 'rawarg') return absence(field, moment);
  if (check.operator === 'exists') return holds ? { code: 'present', text: 'has a value' } : absence(field, moment);
  if (right !== undefined) return relationReason(leaf, moment, holds);
  const constants = constantsOf(leaf);
  if (constants === undefined || value === undefined)
    return value === undefined ? absence(field, moment) : plain(holds);
  const reason = valueReason(leaf, value, holds, constants, lists);
  // Of the host Falco has empty texts, where one would look for no value.
  if (value !== '' || !/^(container|k8s)\./.test(field.row.name)) return reason;
  return { code: reason.code, text: `empty: ${withoutContainer(field.row.name, moment)}` };
}

/** The reason for one value and constants of the field's type. */
function valueReason(leaf: Leaf, value: Value, holds: boolean, constants: RightConstants, lists: ListNames): Reason {
  const { check, field } = leaf;
  const { operator, modifier } = check;
  if (modifier !== undefined) return modifierReason(leaf, value, constants, holds);
  if (operator === 'in' || operator === 'intersects') return listReason(leaf, value, constants.constants, holds, lists);
  const group = typeGroup(field.type);
  if (typeof value === 'string' && (group === 'text' || group === 'buffer')) {
    return textReason(operator, value, constants.constants as readonly ByteString[], holds);
  }
  return orderReason(operator, constants.constants[0], field, holds);
}

function relationReason({ field, right, check }: Leaf, moment: Moment, holds: boolean): Reason {
  const other = right?.read(moment);
  if (right === undefined || other === undefined) return right === undefined ? plain(holds) : absence(right, moment);
  const value = field.read(moment);
  const isText = typeof value === 'string' && typeof other === 'string' && typeGroup(field.type) === 'text';
  const { code } = isText ? textReason(check.operator, value, [other], holds) : plain(holds);
  return { code, text: `${right.name} is ${shownValue(right, other)}` };
}

function constantsOf({ check, field }: Leaf): RightConstants | undefined {
  if (CONSTANTS.has(check)) return CONSTANTS.get(check);
  const written = writtenConstants(check.right);
  // Names of events were checked when the rule was loaded.
  const names = new Set(written?.map(({ text }) => text));
  const read = written === undefined ? undefined : readConstants(check, field, written, names);
  const constants = read instanceof Refusal ? undefined : read;
  CONSTANTS.set(check, constants);
  return constants;
}

function plain(holds: boolean): Reason {
  return holds ? { code: 'equal', text: 'holds' } : { code: 'different', text: 'does not hold' };
}
