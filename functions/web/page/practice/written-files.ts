import { CLUSTER_PATH, NODE_PATH } from '../../../../engine/practice/task.ts';

/** Files that differ from those that a task starts with, by path; null for those that are gone. */
export type Written = readonly (readonly [path: string, text: string | null])[];

/** Files of a task that are kept. */
export const MOST_FILES = 100;

/** True for files as they are kept. They come from where anything may have been written, so each part is looked at. */
export function isWritten(value: unknown): value is Written {
  return (
    Array.isArray(value) &&
    value.length <= MOST_FILES &&
    value.every(
      (file) => Array.isArray(file) && typeof file[0] === 'string' && (typeof file[1] === 'string' || file[1] === null),
    )
  );
}

/** All files, from those at the start and what was written. */
export function filesWith(first: Readonly<Record<string, string>>, written: Written): Map<string, string> {
  const files = new Map(Object.entries(first));
  for (const [path, text] of written) {
    if (text === null) files.delete(path);
    else files.set(path, text);
  }
  return files;
}

/** What of some files differs from those at the start. */
export function writtenIn(files: ReadonlyMap<string, string>, first: Readonly<Record<string, string>>): Written {
  const changed = [...files].filter(([path, text]) => first[path] !== text);
  const gone = Object.keys(first).filter((path) => !files.has(path));
  return [...changed, ...gone.map((path) => [path, null] as const)];
}

/** True where something was done on a task: what happens on a node by itself is no beginning. */
export function isBegun(written: Written | undefined): boolean {
  return (written ?? []).some(([path, text]) =>
    path === NODE_PATH ? text?.includes('"typed":[{') === true : !isOfNode(path),
  );
}

/** True for files that a node fills by itself: its state, its cluster, its logs. They are no files to edit. */
export function isOfNode(path: string): boolean {
  return path === NODE_PATH || path === CLUSTER_PATH || path.startsWith('/var/log/');
}
