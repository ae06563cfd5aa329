import type { Event } from '../model/event.ts';
import { eventCode } from '../model/event-types.ts';
import type { Moment } from '../state/moment.ts';
import type { Thread } from '../state/thread.ts';
import type { Family, Reading } from './field.ts';
import { ofThread } from './reading.ts';

const PROCINFO = eventCode('PROCINFO_E');
/** A share of the CPU is never shown above this. */
const MAX_SHARE = 100;

/** CPU time. Of the time between context switches Falco measures nothing while it reads a recording. */
export const THREAD_CPU: Family = {
  'thread.exectime': { subject: 'type', read: () => 0, fromType: () => 0 },
  'thread.totexectime': ofThread(() => 0),
  'thread.cpu': cpuShare((event) => Number(event.unsigned64(0)) + Number(event.unsigned64(1))),
  'thread.cpu.user': cpuShare((event) => Number(event.unsigned64(0))),
  'thread.cpu.system': cpuShare((event) => Number(event.unsigned64(1))),
};

/**
 * The growth of a counter since the thread's process news before this one; 0 on the first. Only old captures have such
 * news. A condition compares with what it saw before; an output starts afresh with each alert and so prints zero.
 */
function cpuShare(counter: (event: Event) => number): Reading {
  const seen = new WeakMap<Thread, { eventNumber: number; total: number; share: number }>();
  const read = ({ thread, event }: Moment): number | undefined => {
    if (event.type !== PROCINFO || thread === undefined) return undefined;
    let last = seen.get(thread);
    if (last === undefined) seen.set(thread, (last = { eventNumber: -1, total: 0, share: 0 }));
    if (last.eventNumber === event.num) return last.share;
    const total = counter(event);
    const growth = last.total === 0 ? 0 : total - last.total;
    last.share = growth < 0 ? MAX_SHARE : Math.min(growth, MAX_SHARE);
    last.total = total;
    last.eventNumber = event.num;
    return last.share;
  };
  const hasShare = ({ thread, event }: Moment): boolean => event.type === PROCINFO && thread !== undefined;
  return {
    subject: 'event',
    read,
    eventTypes: new Set([PROCINFO]),
    changesWhenRead: true,
    printed: (moment) => (hasShare(moment) ? '0.0' : undefined),
    json: (moment) => (hasShare(moment) ? 0 : undefined),
  };
}
