import type { Field } from '../fields/field.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import { EVENT_TYPES } from '../model/event-types.ts';
import { nearest } from '../model/nearest.ts';
import { SYSCALL_NAMES } from '../model/syscalls.ts';
import type { Constant } from './constant.ts';
import { Refusal } from './refusal.ts';

const NAMES: ReadonlySet<string> = new Set([...EVENT_TYPES.map((type) => type.name), ...SYSCALL_NAMES]);

/**
 * Whatever the operator, `evt.type` is compared with names of events and syscalls only; `syscall.type` is not checked.
 * Behind a transformer that makes a number of it nothing is such a name, so `len(evt.type) = 4` is refused.
 *
 * @param written the constant as the condition has it
 */
export function checkEventName(
  field: Field,
  written: ByteString,
  constant: Constant,
  asyncEvents: ReadonlySet<string>,
): Refusal | undefined {
  if (field.row.name !== 'evt.type') return undefined;
  if (typeof constant !== 'string') return new Refusal(`unknown event type ${toUnicode(written)}`);
  const name = constant;
  if (NAMES.has(name) || asyncEvents.has(name)) return undefined;
  const meant = nearest(name, NAMES);
  return new Refusal(
    `unknown event type ${toUnicode(name)}`,
    meant === undefined ? undefined : `did you mean ${meant}?`,
  );
}
