import type { Handler } from '../handler.ts';

/** brk, mmap, munmap: sizes in kilobytes. */
export const memory: Handler = ({ event, thread }) => {
  if (thread === undefined) return;
  if (event.has(1)) thread.vmSize = event.uint32(1);
  if (!event.has(3)) return;
  thread.vmRss = event.uint32(2);
  thread.vmSwap = event.uint32(3);
};

/** A switch to another thread: faults of the one that leaves, memory of its process. */
export const contextSwitch: Handler = ({ event, thread }) => {
  if (thread === undefined || !event.has(5)) return;
  thread.majorFaults = event.unsigned64(1);
  thread.minorFaults = event.unsigned64(2);
  const { main } = thread;
  if (main === undefined) return;
  main.vmSize = event.uint32(3);
  main.vmRss = event.uint32(4);
  main.vmSwap = event.uint32(5);
};
