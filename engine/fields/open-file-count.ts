import type { Thread } from '../state/thread.ts';

/** Open files of a thread's process; 0 while its main thread is not known. */
export function openFileCount(thread: Thread): number {
  return thread.main?.files?.size ?? 0;
}
