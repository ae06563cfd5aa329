import type { Leaf } from '../compare/condition.ts';
import type { Constant } from '../compare/constant.ts';
import { memberTest } from '../compare/membership.ts';
import { typeGroup } from '../compare/operator-support.ts';
import { asciiLower } from '../fields/transform-case.ts';
import type { ByteString } from '../model/byte-string.ts';
import { nearest } from '../model/nearest.ts';
import type { Scalar, Value } from '../model/value.ts';
import type { Reason } from './reason.ts';
import { constantsOf, type ListNames } from './check-text.ts';
import { quoted, shownValue } from './shown-value.ts';

/** Items that are looked through for the nearest one, and the longest value for which one is looked for. */
const MOST_ITEMS = 2_000;
const MOST_BYTES = 64;

/** Why a value, or each of several, is in a list or isn't. */
export function listReason(
  leaf: Leaf,
  value: Value,
  constants: readonly Constant[],
  holds: boolean,
  lists: ListNames,
): Reason {
  const { field, check } = leaf;
  if (!field.list || typeof value !== 'object') return oneReason(leaf, value as Scalar, constants, holds, lists);
  const code = holds ? 'in-list' : 'not-in-list';
  if (value.length === 0) return { code, text: 'has no items' };
  const isMember = memberTest(field.type, constants);
  const scalar = { type: field.type, print: field.print, list: false };
  if (check.operator === 'intersects') {
    const common = value.find(isMember);
    const text = common === undefined ? 'no item is in the list' : `${shownValue(scalar, common)} is in the list`;
    return { code, text };
  }
  const odd = value.find((item) => !isMember(item));
  return {
    code,
    text: odd === undefined ? 'all items are in the list' : `${shownValue(scalar, odd)} is not in the list`,
  };
}

/** Why one value is in a list or isn't, with the item that was probably meant. */
function oneReason(
  { check, field }: Leaf,
  value: Scalar,
  constants: readonly Constant[],
  holds: boolean,
  lists: ListNames,
): Reason {
  const size = constants.length === 1 ? 'the only item' : `the ${constants.length} items`;
  const written = constantsOf(check);
  if (holds) {
    const item = written[constants.indexOf(value as Constant)];
    const list = item === undefined ? undefined : lists.of(item);
    if (list !== undefined) return { code: 'in-list', text: `an item of ${list}` };
    return { code: 'in-list', text: constants.length === 1 ? 'the only item of the list' : `one of ${size}` };
  }
  if (memberTest(field.type, constants)(value)) {
    return { code: 'not-in-list', text: 'Falco does not find this field in lists' };
  }
  if (constants.length === 0) return { code: 'not-in-list', text: 'the list is empty' };
  if (typeof value === 'string' && typeGroup(field.type) === 'text') {
    const items = constants as readonly ByteString[];
    const folded = asciiLower(value);
    const other = items.slice(0, MOST_ITEMS * 10).find((item) => asciiLower(item) === folded);
    if (other !== undefined) return { code: 'other-case', text: `the list has it as ${quoted(other)}` };
    const near = nearItem(value, items);
    if (near !== undefined) return { code: 'not-in-list', text: `not among ${size}; nearest is ${quoted(near)}` };
  }
  return { code: 'not-in-list', text: `not among ${size}` };
}

function nearItem(value: ByteString, items: readonly ByteString[]): ByteString | undefined {
  if (value.length > MOST_BYTES) return undefined;
  return nearest(value, items.slice(0, MOST_ITEMS));
}
