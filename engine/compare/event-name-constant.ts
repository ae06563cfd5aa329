import type { Field } from '../fields/field.ts';
import { toUnicode } from '../model/byte-string.ts';
import { EVENT_TYPES } from '../model/event-types.ts';
import { nearest } from '../model/nearest.ts';
import { SYSCALL_NAMES } from '../model/syscalls.ts';
import type { Constant } from './constant.ts';
import { Refusal } from './refusal.ts';

const NAMES: ReadonlySet<string> = new Set([...EVENT_TYPES.map((type) => type.name), ...SYSCALL_NAMES]);

/** Whatever the operator, `evt.type` is compared with names of events and syscalls only; `syscall.type` is not checked. */
export function checkEventName(
  field: Field,
  constant: Constant,
  asyncEvents: ReadonlySet<string>,
): Refusal | undefined {
  if (field.row.name !== 'evt.type') return undefined;
  const name = constant as string;
  if (NAMES.has(name) || asyncEvents.has(name)) return undefined;
  const meant = nearest(name, NAMES);
  return new Refusal(
    `unknown event type ${toUnicode(name)}`,
    meant === undefined ? undefined : `did you mean ${meant}?`,
  );
}
