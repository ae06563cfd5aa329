import type { Kind } from './kind.ts';
import { word } from './scalars.ts';

/** Linux's signals by name. */
export const SIGNAL: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGWINCH: 28,
  SIGSYS: 31,
};

/** A signal by its name. */
export const signal: Kind<number> = word('signal', SIGNAL);

/** Signals after which a process goes on, if it says nothing else. */
const HARMLESS: ReadonlySet<number> = new Set(
  ['SIGCHLD', 'SIGCONT', 'SIGSTOP', 'SIGTSTP', 'SIGWINCH'].map((name) => SIGNAL[name] ?? 0),
);

/** True for a signal that ends a process that does not handle it. */
export function isDeadly(number: number): boolean {
  return number !== 0 && !HARMLESS.has(number);
}
