/**
 * What the oldest reader that is written for knows: the Falco libraries of March 2022, as in the sysdig 0.29 of
 * Debian 12. Parameters that came later stand behind those it knows, so it passes over them; event types and syscall
 * numbers that came later are beyond its tables.
 */
export const OLD_PARAM_COUNTS = Uint8Array.from([
  2, 1, 3, 5, 1, 1, 2, 2, 2, 2, 1, 1, 0, 8, 0, 11, 0, 0, 3, 1, 1, 2, 2, 2, 2, 1, 0, 3, 2, 2, 3, 2, 2, 2, 2, 3, 2, 1, 0,
  0, 0, 0, 3, 5, 0, 6, 0, 6, 3, 2, 0, 0, 1, 4, 0, 0, 1, 3, 2, 4, 0, 4, 2, 1, 3, 1, 0, 2, 0, 2, 1, 1, 0, 2, 0, 2, 1, 1,
  1, 1, 2, 2, 0, 1, 0, 1, 3, 1, 3, 1, 2, 1, 0, 2, 0, 2, 1, 1, 2, 1, 1, 1, 4, 1, 2, 1, 4, 1, 1, 1, 2, 1, 3, 2, 3, 2, 1,
  3, 2, 2, 2, 3, 3, 2, 1, 1, 3, 1, 2, 1, 2, 1, 3, 1, 1, 1, 2, 1, 1, 1, 1, 3, 1, 3, 2, 5, 1, 0, 1, 1, 2, 1, 6, 0, 0, 13,
  0, 16, 1, 4, 6, 4, 6, 4, 2, 4, 4, 1, 2, 3, 3, 1, 0, 14, 0, 3, 0, 5, 0, 3, 0, 4, 0, 16, 0, 16, 4, 0, 4, 2, 4, 14, 3, 1,
  3, 1, 2, 0, 1, 1, 1, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 4, 0, 4, 0, 15, 0, 17, 0, 17, 0, 17, 0, 20, 0, 20, 0, 20, 4, 0, 0,
  16, 3, 0, 2, 0, 1, 1, 1, 1, 2, 1, 2, 1, 2, 0, 0, 5, 1, 5, 1, 8, 4, 1, 3, 2, 1, 4, 1, 2, 1, 0, 3, 1, 1, 2, 0, 2, 3, 3,
  1, 0, 1, 0, 0, 1, 1, 2, 0, 2, 2, 0, 0, 17, 1, 1, 4, 0, 1, 17, 3, 0, 1, 20, 2, 1, 1, 1, 1, 1, 0, 2, 0, 4, 0, 4, 4, 6,
  0, 3, 0, 6, 0, 4, 0, 3, 0, 3, 0, 6, 0, 2, 2, 0, 1, 0, 5, 6, 3, 1, 3, 20, 3, 3, 0, 20,
]);

/** Syscalls it has names for. A generic event of a larger number would make it read beyond its table. */
export const OLD_SYSCALL_COUNT = 329;

/** True if it knows an event type. */
export function isOldType(type: number): boolean {
  return type < OLD_PARAM_COUNTS.length;
}
