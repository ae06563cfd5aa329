import type { Handler } from '../handler.ts';

/** The end of a thread. Rules still see it; it leaves the table when the next event comes. */
export const procexit: Handler = (moment) => {
  const { event, system, thread } = moment;
  if (thread === undefined) return;
  system.threads.markDead(thread);
  system.removeLater(event.tid);
  if (thread.listedChildren === 0) return;
  if (event.paramCount <= 4) thread.reaperTid = -1;
  else if (event.has(4)) thread.reaperTid = event.int64(4);
};
