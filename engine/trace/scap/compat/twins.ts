import { EVENT_TYPES, eventCode } from '../../../model/event-types.ts';
import { isOldType } from './old-reader.ts';
import { recipe, type Recipe } from './param-sources.ts';

/** Event types that split off an older one: the drivers of 2022 reported these syscalls as the second. */
const TWINS: readonly (readonly [now: string, then: string])[] = [
  ['SYSCALL_DUP_1_X', 'SYSCALL_DUP_X'],
  ['SYSCALL_DUP2_X', 'SYSCALL_DUP_X'],
  ['SYSCALL_DUP3_X', 'SYSCALL_DUP_X'],
  ['SYSCALL_UMOUNT_1_X', 'SYSCALL_UMOUNT_X'],
  ['SYSCALL_UMOUNT2_X', 'SYSCALL_UMOUNT_X'],
  ['SOCKET_ACCEPT4_6_X', 'SOCKET_ACCEPT4_5_X'],
  ['SYSCALL_PIPE2_X', 'SYSCALL_PIPE_X'],
  ['SYSCALL_EVENTFD2_X', 'SYSCALL_EVENTFD_X'],
  ['SYSCALL_SIGNALFD4_X', 'SYSCALL_SIGNALFD_X'],
  ['SYSCALL_INOTIFY_INIT1_X', 'SYSCALL_INOTIFY_INIT_X'],
];

/** Parameters of entries that their exits of today call otherwise. */
const OTHER_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  SYSCALL_DUP_E: { fd: 'oldfd' },
  SYSCALL_EXECVEAT_E: { pathname: 'trusted_exepath' },
};

/** How an exit event is told to an old reader. */
export interface Telling {
  /** Undefined where the type is an old one, and the event stays as it is. */
  readonly exit: Recipe | undefined;
  readonly enter: Recipe;
}

/** The older type of each newer one that has such. */
const THEN = new Map(TWINS.map(([now, then]) => [eventCode(now), eventCode(then)]));

/** How an exit event of a type is told; undefined for a type that no old one stands for. */
export function tellingOf(type: number): Telling | undefined {
  const then = isOldType(type) ? type : THEN.get(type);
  if (then === undefined) return undefined;
  const enter = then - 1;
  return {
    exit: then === type ? undefined : recipe(then, type),
    enter: recipe(enter, type, OTHER_NAMES[EVENT_TYPES[enter]!.symbol]),
  };
}
