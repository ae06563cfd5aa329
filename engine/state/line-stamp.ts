import type { Clock } from './clock.ts';
import { present } from './parentage.ts';
import type { Thread } from './thread.ts';

/** Ancestors looked at; a longer line, or one that forks, counts as just changed: that costs time and nothing else. */
const MAX_STEPS = 256;

/**
 * The newest clock reading of whatever a fact about a thread can depend on: the thread, the main thread of its process,
 * each ancestor with its main thread, and the floor. It changes whenever one of them does. Leaders of sessions and
 * process groups are found by number anywhere in the table and are not part of the line.
 */
export function lineStamp(thread: Thread, clock: Clock): number {
  if (thread.lineFoundAt === clock.now) return thread.lineStamp;
  thread.lineStamp = findStamp(thread, clock);
  thread.lineFoundAt = clock.now;
  return thread.lineStamp;
}

function findStamp(thread: Thread, clock: Clock): number {
  let newest = clock.floor;
  let entry: Thread | undefined = thread;
  for (let steps = 0; entry !== undefined; steps++) {
    if (steps > MAX_STEPS) return clock.now;
    newest = Math.max(newest, ownStamp(entry));
    const main: Thread | undefined = entry.main;
    const parent: Thread | undefined = entry.parent;
    if (main !== undefined && main !== entry) {
      newest = Math.max(newest, ownStamp(main));
      if (main.parent !== parent) return clock.now;
    }
    entry = parent;
  }
  return newest;
}

function ownStamp({ stamp, siblings }: Thread): number {
  return siblings === undefined ? stamp : Math.max(stamp, present(siblings).stamp);
}
