/** Signals 1 to 31 of Linux. */
const NAMES = (
  'SIGHUP SIGINT SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGKILL SIGUSR1 SIGSEGV SIGUSR2 SIGPIPE SIGALRM SIGTERM ' +
  'SIGSTKFLT SIGCHLD SIGCONT SIGSTOP SIGTSTP SIGTTIN SIGTTOU SIGURG SIGXCPU SIGXFSZ SIGVTALRM SIGPROF SIGWINCH SIGIO ' +
  'SIGPWR SIGSYS'
).split(' ');

/** The name of a signal; empty for real-time signals and numbers that are none. */
export function signalName(signal: number): string {
  return NAMES[signal - 1] ?? '';
}

/** The names of a set, bit 0 being signal 1, joined by blanks. */
export function signalSetText(bits: number): string {
  return NAMES.filter((_, index) => (bits & (1 << index)) !== 0).join(' ');
}
