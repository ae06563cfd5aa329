import type { Thread } from '../state/thread.ts';
import { capabilitiesText } from './capabilities.ts';
import type { Family } from './field.ts';
import { ofThread, ofThreadNow } from './reading.ts';
import { THREAD_CGROUPS } from './thread-cgroups.ts';
import { THREAD_CPU } from './thread-cpu.ts';

/** `thread.*`: the thread of the event. Memory is in kilobytes, and only the main thread has any. */
export const THREAD: Family = {
  // The header of the event has the id, so that it is there even for a thread that is not known.
  'thread.tid': {
    subject: 'event',
    read: ({ event }) => (event.tid >= -1 && event.tid <= 0xffffffff ? event.tid : undefined),
  },
  'thread.ismain': ofThread((thread) => thread.isMain),
  'thread.vtid': ofThread((thread) => (thread.vtid === -1 ? undefined : thread.vtid)),
  'thread.nametid': ofThread((thread) => `${thread.comm}${thread.tid}`),
  'thread.cap_permitted': ofThread((thread) => capabilitiesText(thread.capPermitted)),
  'thread.cap_inheritable': ofThread((thread) => capabilitiesText(thread.capInheritable)),
  'thread.cap_effective': ofThread((thread) => capabilitiesText(thread.capEffective)),
  'thread.pfmajor': ofThreadNow((thread) => thread.majorFaults),
  'thread.pfminor': ofThreadNow((thread) => thread.minorFaults),
  'thread.vmsize': ofThreadNow((thread) => ofMainOnly(thread, thread.vmSize)),
  'thread.vmrss': ofThreadNow((thread) => ofMainOnly(thread, thread.vmRss)),
  'thread.vmsize.b': ofThreadNow((thread) => ofMainOnly(thread, thread.vmSize * 1024)),
  'thread.vmrss.b': ofThreadNow((thread) => ofMainOnly(thread, thread.vmRss * 1024)),
  ...THREAD_CGROUPS,
  ...THREAD_CPU,
};

function ofMainOnly(thread: Thread, size: number): number {
  return thread.isMain ? size : 0;
}
