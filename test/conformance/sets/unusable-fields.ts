import type { Field } from '../../../engine/fields/field.ts';
import type { Event } from '../../../engine/model/event.ts';

/** Fields whose values in the data say nothing, by their beginning. */
const UNUSABLE: readonly (readonly [prefix: string, reason: string])[] = [
  ['evt.deltatime', 'evt.deltatime*: 0 on every event of the data'],
  ['proc.exe_ino.ctime_duration', 'proc.exe_ino.ctime_duration_*: Falco reads memory that nothing was written to'],
];

/** Why no value of a field says anything; undefined for a field that is compared. */
export function reasonOfField(name: string, field: Field | undefined): string | undefined {
  if (field === undefined) return `${name}: there is no such field`;
  return UNUSABLE.find(([prefix]) => name.startsWith(prefix))?.[1];
}

/** Why a value on one event says nothing: Falco shows there what lies in its memory. */
export function reasonOfValue(name: string, event: Event): string | undefined {
  if (name === 'evt.rawarg.ino' && isEmpty(event, 'ino')) return 'evt.rawarg.ino: where no inode was recorded';
  if (name === 'evt.buffer' && isEmpty(event, 'data'))
    return 'evt.buffer: of an empty buffer, as long as what Falco printed before';
  return undefined;
}

/** True when an event of this type has the parameter and this event has nothing in it. */
function isEmpty(event: Event, name: string): boolean {
  const index = event.info.params.findIndex((param) => param.name === name);
  return index !== -1 && !event.has(index);
}
