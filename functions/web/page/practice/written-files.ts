/** Files that differ from those that a task starts with, by path. */
export type Written = readonly (readonly [path: string, text: string])[];

/** Files of a task that are kept. */
export const MOST_FILES = 50;

/** True for files as they are kept. They come from where anything may have been written, so each part is looked at. */
export function isWritten(value: unknown): value is Written {
  return (
    Array.isArray(value) &&
    value.length <= MOST_FILES &&
    value.every((file) => Array.isArray(file) && typeof file[0] === 'string' && typeof file[1] === 'string')
  );
}
