import { integerOf, type Integer } from '../model/integer.ts';
import type { Moment } from '../state/moment.ts';
import type { Family } from './field.ts';
import { parentProcess } from './lineage.ts';
import { openFileCount } from './open-file-count.ts';
import { ofThread, ofThreadNow } from './reading.ts';

/** When a process and its parent began, and how long ago. Nanoseconds. */
export const PROC_TIMES: Family = {
  'proc.pid.ts': ofThread((thread) => knownTime(thread.cloneTime)),
  'proc.ppid.ts': ofThread((thread) => (thread.parent === undefined ? undefined : integerOf(thread.parent.cloneTime))),
  'proc.pidns_init_start_ts': ofThread((thread) => knownTime(thread.pidnsStartTime)),
  'proc.duration': ofThreadNow((thread, moment) => timeSince(thread.cloneTime, moment)),
  // Falco reads the number of open files where the parent's start is not known; so does this.
  'proc.ppid.duration': ofThreadNow((thread, moment) => {
    const parent = parentProcess(thread);
    return parent === undefined ? undefined : (timeSince(parent.cloneTime, moment) ?? openFileCount(thread));
  }),
};

/** A time since the epoch in nanoseconds; undefined when it is 0n, which is not known. */
export function knownTime(time: bigint): Integer | undefined {
  return time === 0n ? undefined : integerOf(time);
}

/** Nanoseconds from `start` to the event, unsigned as in Falco; undefined when the start is not known. */
export function timeSince(start: bigint, moment: Moment): Integer | undefined {
  return start === 0n ? undefined : integerOf(BigInt.asUintN(64, moment.event.time() - start));
}
