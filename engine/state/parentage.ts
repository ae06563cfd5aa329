import { MAX_ANCESTORS } from '../model/limits.ts';
import type { Thread } from './thread.ts';

/** Falco tidies its list of children when so many of them have left. */
const TIDY_AT = 10;

/** Makes one thread the child of another. */
export function adopt(parent: Thread, child: Thread): void {
  child.ptid = parent.tid;
  child.changed();
  parent.children++;
  parent.listedChildren++;
  const { offspring } = parent;
  offspring.list.push(child);
  offspring.living++;
  child.holder = offspring;
  if (offspring.list.length < offspring.sweepAt) return;
  offspring.list = offspring.list.filter((known) => !known.gone);
  offspring.sweepAt = 32 + 2 * offspring.list.length;
}

/** Counts a child that is about to leave the table. */
export function loseChild(parent: Thread | undefined): void {
  if (parent === undefined) return;
  parent.children--;
  if (parent.listedChildren - parent.children >= TIDY_AT) parent.listedChildren = parent.offspring.living;
}

/** Gives the children of a thread that exits to another, or to nobody. */
export function handOnChildren(thread: Thread, reaper: Thread | undefined): void {
  const { list } = thread.offspring;
  thread.offspring = new Offspring();
  thread.listedChildren = 0;
  thread.children = 0;
  for (const child of list) {
    if (child.gone) continue;
    if (reaper !== undefined) adopt(reaper, child);
    else {
      child.ptid = 0;
      child.holder = undefined;
      child.changed();
    }
  }
}

/**
 * Who adopts the children of a thread that exits, as the kernel finds it: a living thread of the same process, else
 * one of the nearest ancestor that adopts orphans, unless a pid namespace begins on the way.
 */
export function findReaper(thread: Thread): Thread | undefined {
  const sibling = thread.group?.anyAlive(thread);
  if (sibling !== undefined) return sibling;
  let ancestor = thread.parent;
  for (let steps = 0; ancestor !== undefined && ancestor !== thread && steps < MAX_ANCESTORS; steps++) {
    if (ancestor.inPidNamespace !== thread.inPidNamespace) return undefined;
    const found = ancestor.reaper ? ancestor.group?.anyAlive() : undefined;
    if (found !== undefined) return found;
    ancestor = ancestor.parent;
  }
  return undefined;
}

/** The children of one thread. */
export class Offspring {
  /** Some may have left the table. */
  list: Thread[] = [];
  /** Those that haven't. */
  living = 0;
  /** Length at which those that left are swept out; it grows with the list, so that sweeping costs what adding does. */
  sweepAt = 32;
}
