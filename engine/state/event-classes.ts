import { CATEGORY, EVENT_FLAG, EVENT_TYPES, eventCode } from '../model/event-types.ts';

/** How an event finds its thread and file. */
export const CLASS = {
  /** By nothing: it is about the trace, a container or an account. Its tid is looked up all the same, but changes nothing. */
  META: 0,
  /** Its thread must be known already: it begins, ends or switches away from one. */
  KNOWN_THREAD: 1,
  /** The entry of a syscall, or a tracepoint. */
  ENTER: 2,
  /** The exit of a syscall. */
  EXIT: 3,
} as const;

const META = codes(
  'CONTAINER_JSON_2_E USER_ADDED_E USER_DELETED_E GROUP_ADDED_E GROUP_DELETED_E PLUGINEVENT_E ASYNCEVENT_E',
);
const KNOWN_THREAD_ENTER = codes('PROCEXIT_1_E');
const SWITCH = codes('SCHEDSWITCH_6_E');
/** Events about threads that may not exist yet. */
const CLONE_EXIT = codes('SYSCALL_CLONE_20_X SYSCALL_FORK_20_X SYSCALL_VFORK_20_X SYSCALL_CLONE3_X');

const KEPT = codes(
  `SYSCALL_OPEN_E SYSCALL_OPENAT_2_E SYSCALL_OPENAT2_E SYSCALL_CREAT_E SOCKET_CONNECT_E SYSCALL_EXECVE_19_E
   SYSCALL_EXECVEAT_E`,
);

/** News about containers and accounts. Falco takes those at the head of a trace before its rules begin to run. */
export const NEWS: Uint8Array = table(({ code }) => META.has(code) && code !== eventCode('PLUGINEVENT_E'));

/** Entry events that Falco keeps for what they say and never shows to a rule. */
export const KEPT_ENTER: Uint8Array = table(({ code }) => KEPT.has(code));

/** Events about the trace itself; time counts from the first event that isn't one. */
export const IS_META_EVENT: Uint8Array = table(({ category }) => (category & CATEGORY.METAEVENT) !== 0);

/** `CLASS` by event code. */
export const EVENT_CLASSES: Uint8Array = Uint8Array.from(EVENT_TYPES, ({ code, flags }) => {
  if ((flags & EVENT_FLAG.SKIP_PARSE_RESET) !== 0 || META.has(code)) return CLASS.META;
  if (SWITCH.has(code)) return CLASS.KNOWN_THREAD;
  return code % 2 === 0 ? CLASS.ENTER : CLASS.EXIT;
});

/** By event code, whether a thread that isn't known gets a placeholder. */
export const MAKES_PLACEHOLDER: Uint8Array = table(
  ({ code }) => !CLONE_EXIT.has(code) && !SWITCH.has(code) && !KNOWN_THREAD_ENTER.has(code),
);

/** By event code, whether parameter 0 is a result. */
export const HAS_RESULT: Uint8Array = table(
  ({ code, category }) => (category & CATEGORY.SYSCALL) !== 0 && code % 2 === 1 && code !== eventCode('GENERIC_X'),
);

function codes(symbols: string): ReadonlySet<number> {
  return new Set(symbols.split(/\s+/).map(eventCode));
}

function table(holds: (type: (typeof EVENT_TYPES)[number]) => boolean): Uint8Array {
  return Uint8Array.from(EVENT_TYPES, (type) => (holds(type) ? 1 : 0));
}
