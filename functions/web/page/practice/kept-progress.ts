import { signal } from '@preact/signals';
import { isWritten, MOST_FILES, type Written } from './written-files.ts';

const KEY = 'creance-practice';
/** Characters that are kept; browsers refuse some millions. */
const MOST_CHARS = 1_000_000;
/** Tasks that are remembered; those worked on last stay. */
const MOST_TASKS = 200;

/** How far somebody is with a task. */
export interface Progress {
  readonly id: string;
  readonly seed: string;
  /** It was passed, with this or another seed. */
  readonly isDone: boolean;
  /** The best score. */
  readonly best: number;
  readonly files: Written;
}

/** Progress with all tasks, the latest last; kept on this machine only. */
export const progress = signal<readonly Progress[]>(kept());

/** Progress with one task; undefined where it was never opened. */
export function progressOf(id: string): Progress | undefined {
  return progress.value.find((one) => one.id === id);
}

/** Remembers progress with a task. */
export function keepProgress(latest: Progress): void {
  const now = { ...latest, files: latest.files.slice(0, MOST_FILES) };
  progress.value = [...progress.value.filter(({ id }) => id !== now.id), now].slice(-MOST_TASKS);
  try {
    const text = JSON.stringify(progress.value);
    // Where it is too much, what was passed is worth more than what was written.
    const short = JSON.stringify(progress.value.map((one) => (one.id === now.id ? one : { ...one, files: [] })));
    localStorage.setItem(KEY, text.length <= MOST_CHARS ? text : short);
  } catch {
    // A browser that keeps nothing: the page works all the same.
  }
}

function kept(): readonly Progress[] {
  try {
    const text = localStorage.getItem(KEY) ?? '[]';
    if (text.length > MOST_CHARS) return [];
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.slice(-MOST_TASKS).filter(isProgress) : [];
  } catch {
    return [];
  }
}

/** It comes from where anything may have been written: each part is looked at. */
function isProgress(value: unknown): value is Progress {
  const { id, seed, isDone, best, files } = (value ?? {}) as Partial<Record<keyof Progress, unknown>>;
  return (
    typeof id === 'string' &&
    typeof seed === 'string' &&
    typeof isDone === 'boolean' &&
    typeof best === 'number' &&
    isWritten(files)
  );
}
