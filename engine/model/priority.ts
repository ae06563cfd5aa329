/** Falco's priorities; the index is the number, lower is graver. */
export const PRIORITIES = [
  'Emergency',
  'Alert',
  'Critical',
  'Error',
  'Warning',
  'Notice',
  'Informational',
  'Debug',
] as const;

/** A priority as Falco prints it. */
export type Priority = (typeof PRIORITIES)[number];

/** The priority a rule names, in any case; `Info` is short for `Informational`. Undefined for any other word. */
export function priorityOf(word: string): Priority | undefined {
  const lower = word.toLowerCase();
  if (lower === 'info') return 'Informational';
  return PRIORITIES.find((priority) => priority.toLowerCase() === lower);
}
