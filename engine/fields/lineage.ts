import { MAX_ANCESTORS } from '../model/limits.ts';
import type { System } from '../state/system.ts';
import type { Thread } from '../state/thread.ts';

/** The process that started this one: the main thread of the entry that the main thread names as its parent. */
export function parentProcess(thread: Thread): Thread | undefined {
  return thread.main?.parent?.main;
}

/** The process `steps` generations up, 0 for the thread's own. Undefined when any step on the way is not known. */
export function ancestorProcess(thread: Thread, steps: number): Thread | undefined {
  if (steps > MAX_ANCESTORS) return undefined;
  let process = thread.main;
  for (let i = 0; i < steps && process !== undefined; i++) process = process.parent?.main;
  return process;
}

/**
 * Every entry from the parent up, until `visit` answers false. Entries as they are named, not their main threads. A
 * loop in the table ends the walk where Falco ends it: a second walker goes twice as fast and the two meet. No machine
 * has lines as long as the limit.
 */
function walkAncestors(thread: Thread, visit: (ancestor: Thread) => boolean): void {
  let slow = thread.parent;
  let fast = slow?.parent;
  for (let steps = 0; steps < MAX_ANCESTORS && slow !== undefined && slow.tid !== -1; steps++) {
    if (!visit(slow)) return;
    slow = slow.parent;
    for (let step = 0; step < 2; step++) {
      fast = fast?.parent;
      if (slow !== undefined && (slow === fast || slow.tid === slow.ptid)) return;
    }
  }
}

/** The entries above a process, nearest first; undefined when its main thread is not known. */
export function ancestorEntries(thread: Thread): Thread[] | undefined {
  if (thread.main === undefined) return undefined;
  const entries: Thread[] = [];
  walkAncestors(thread.main, (ancestor) => entries.push(ancestor) > 0);
  return entries;
}

/**
 * The leader of a session or process group. Where the id is the host's it is a key of the thread table; otherwise, and
 * when the table lacks it, the oldest ancestor of an unbroken line that shares the id.
 */
export function findLeader(
  system: System,
  thread: Thread,
  idOf: (thread: Thread) => number,
  isVirtual: boolean,
): Thread | undefined {
  const id = idOf(thread);
  if (id === -1) return undefined;
  if (!isVirtual || !thread.inPidNamespace) {
    const leader = system.threads.get(id);
    if (leader !== undefined) return leader;
  }
  let oldest: Thread | undefined;
  walkAncestors(thread, (ancestor) => {
    if (idOf(ancestor) !== id) return false;
    oldest = ancestor;
    return true;
  });
  return oldest;
}
