import type { Leaf } from '../compare/condition.ts';
import type { RightConstants } from '../compare/right-constants.ts';
import { typeGroup } from '../compare/operator-support.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Value } from '../model/value.ts';
import type { Moment } from '../state/moment.ts';
import { absence } from './absence.ts';
import type { ListNames } from './check-text.ts';
import { listReason } from './list-reason.ts';
import { orderReason } from './order-reason.ts';
import type { Reason } from './reason.ts';
import { shownValue } from './shown-value.ts';
import { textReason } from './text-reason.ts';

/** Values that are shown of one field: a process has a few dozen ancestors at most. */
const MOST_VALUES = 32;

/** What a field that is compared by code of its own looks at: both ends of a socket, each ancestor. */
export function candidateTexts({ field }: Leaf, moment: Moment): readonly string[] | undefined {
  const candidates = field.candidates?.(moment);
  const scalar = { type: field.type, print: field.print, list: false };
  return candidates?.slice(0, MOST_VALUES).map((value) => shownValue(scalar, value));
}

/** Why a check on such a field holds or doesn't. */
export function ownReason(
  leaf: Leaf,
  moment: Moment,
  holds: boolean,
  right: RightConstants | undefined,
  lists: ListNames,
): Reason {
  const { check, field } = leaf;
  if (field.ownComparison === 'around') return { code: 'order', text: holds ? 'that near' : 'farther away' };
  const candidates = field.candidates?.(moment);
  if (candidates === undefined) return absence(field, moment);
  if (check.operator === 'exists') return { code: 'present', text: 'has a value' };
  const what = WORDS[field.ownComparison ?? ''] ?? ['value', 'values'];
  if (field.ownComparison === 'host-name') {
    const name = field.read(moment);
    return name === undefined ? absence(field, moment) : one(leaf, name, holds, right, lists);
  }
  const [first] = candidates;
  if (first === undefined) return { code: 'absent', text: `has no ${what[1]}` };
  if (candidates.length === 1) return one(leaf, first, holds, right, lists);
  if (check.operator === '!=' && field.ownComparison !== 'ancestors') {
    return { code: 'several', text: holds ? `both ${what[1]} differ` : `one of both ${what[1]} is equal` };
  }
  const all = candidates.length === 2 ? `both ${what[1]}` : `${candidates.length} ${what[1]}`;
  return { code: 'several', text: holds ? `holds for one of ${all}` : `holds for none of ${all}` };
}

const WORDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  'either-ip': ['end', 'ends'],
  'either-net': ['end', 'ends'],
  'either-port': ['end', 'ends'],
  'either-proto': ['end', 'ends'],
  ancestors: ['ancestor', 'ancestors'],
};

function one(leaf: Leaf, value: Value, holds: boolean, right: RightConstants | undefined, lists: ListNames): Reason {
  const { check, field } = leaf;
  const constants = right?.constants ?? [];
  if (check.operator === 'in' || check.operator === 'intersects')
    return listReason(leaf, value, constants, holds, lists);
  if (typeof value === 'string' && typeGroup(field.type) === 'text') {
    return textReason(check.operator, value, constants as readonly ByteString[], holds);
  }
  const scalar = { type: field.type, print: field.print, list: false };
  return orderReason(check.operator, constants[0], scalar, holds);
}
