import type { Thread } from './thread.ts';

/** Threads by host tid. */
export interface ThreadTable {
  readonly size: number;
  get(tid: number): Thread | undefined;
  values(): IterableIterator<Thread>;
}
