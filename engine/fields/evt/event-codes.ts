import { CATEGORY, EVENT_FLAG, EVENT_TYPES, eventCode, type EventType } from '../../model/event-types.ts';

/** Exit of a syscall that has no event type of its own; which one is in its first parameter. */
export const GENERIC_EXIT = eventCode('GENERIC_X');
/** News that no thread caused; what kind is in its second parameter. */
export const ASYNC = eventCode('ASYNCEVENT_E');

/** Codes of the event types that a test accepts. */
export function codesWhere(accepts: (type: EventType) => boolean): ReadonlySet<number> {
  return new Set(EVENT_TYPES.filter(accepts).map((type) => type.code));
}

/** True for the exit of a syscall that tells what it returned, in its first parameter. */
export function tellsResult(type: EventType): boolean {
  const isExit = type.code % 2 === 1;
  return isExit && type.code !== GENERIC_EXIT && (type.category & CATEGORY.SYSCALL) !== 0 && type.params.length > 0;
}

/** The class of an event type: its category without where it comes from. */
export function classOf(type: EventType): number {
  return type.category & (CATEGORY.SYSCALL - 1);
}

/** True when any of the flags is set. */
export function hasFlag(type: EventType, ...flags: readonly (keyof typeof EVENT_FLAG)[]): boolean {
  return flags.some((flag) => (type.flags & EVENT_FLAG[flag]) !== 0);
}

/** True for news about the recording or the machine that no thread caused. */
export function isMeta(type: EventType): boolean {
  return (type.category & CATEGORY.METAEVENT) !== 0;
}
