import { MAX_ANCESTORS } from '../model/limits.ts';
import type { Clock } from './clock.ts';
import type { Thread } from './thread.ts';

/** Falco tidies its list of children when so many of them have left. */
const TIDY_AT = 10;

/**
 * The children of one thread, who know their parent through it: so all of them change their parent at once, however
 * many they are.
 */
export class Offspring {
  /** The parent; 0 once nobody has adopted them. */
  tid: number;
  /** Those that are in the table. */
  living = 0;
  /** Clock reading of the last change of the parent. */
  stamp = 0;
  /** The children of another thread that these are among now. */
  into: Offspring | undefined = undefined;

  constructor(tid: number) {
    this.tid = tid;
  }
}

/** Those that some children belong to by now. The way there gets shorter each time. */
export function present(children: Offspring): Offspring {
  let at = children;
  while (at.into !== undefined) {
    at.into = at.into.into ?? at.into;
    at = at.into;
  }
  return at;
}

/** Makes one thread the child of another. */
export function adopt(parent: Thread, child: Thread): void {
  child.siblings = parent.offspring;
  child.changed();
  parent.offspring.living++;
  parent.children++;
  parent.listedChildren++;
}

/** Counts a child that is about to leave the table. */
export function loseChild(parent: Thread | undefined): void {
  if (parent === undefined) return;
  parent.children--;
  if (parent.listedChildren - parent.children >= TIDY_AT) parent.listedChildren = parent.offspring.living;
}

/** Gives the children of a thread that exits to another, or to nobody. */
export function handOnChildren(thread: Thread, reaper: Thread | undefined, clock: Clock): void {
  const { offspring } = thread;
  thread.offspring = new Offspring(thread.tid);
  thread.listedChildren = 0;
  thread.children = 0;
  if (reaper === undefined) {
    offspring.tid = 0;
    offspring.stamp = clock.tick();
    return;
  }
  reaper.children += offspring.living;
  reaper.listedChildren += offspring.living;
  offspring.into = reaper.offspring;
  reaper.offspring.living += offspring.living;
  reaper.offspring.stamp = clock.tick();
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
