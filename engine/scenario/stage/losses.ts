import { EVENT_TYPES, eventCode } from '../../model/event-types.ts';

/**
 * What becomes of a step's events: `no`, they arrive; `yes`, the probe's buffer was full and nothing tells of it;
 * `sampled`, the probe is in drop mode, which it tells of, and keeps the events that it never drops.
 */
export type Unseen = 'no' | 'yes' | 'sampled';

/** In drop mode the probe reports one part in so many of each second. */
export const SAMPLING_RATIO = 128;

/** Syscalls whose exit events drop mode leaves alone, because Falco's state needs them. */
const NEVER_DROPPED: ReadonlySet<string> = new Set(
  (
    'open creat openat close execve execveat clone clone3 fork vfork pipe pipe2 eventfd eventfd2 chdir fchdir dup ' +
    'dup2 dup3 signalfd signalfd4 timerfd_create inotify_init inotify_init1 setrlimit prlimit socket bind socketpair ' +
    'chroot userfaultfd epoll_create epoll_create1 prctl procexit'
  ).split(' '),
);

/** True when an event of this type is lost. */
export function isLost(unseen: Unseen, symbol: string): boolean {
  if (unseen === 'no') return false;
  return unseen === 'yes' || !NEVER_DROPPED.has(EVENT_TYPES[eventCode(symbol)]?.name ?? '');
}
