import { MAX_THREADS } from '../model/limits.ts';
import { CLONE } from './clone-flags.ts';
import type { Clock } from './clock.ts';
import { FileBudget } from './files.ts';
import { adopt, findReaper, handOnChildren, loseChild, present } from './parentage.ts';
import { ThreadGroup } from './thread-group.ts';
import { Thread } from './thread.ts';

/** Threads by host tid. */
export class ThreadTable {
  readonly clock: Clock;
  readonly files = new FileBudget();
  readonly #threads = new Map<number, Thread>();
  readonly #groups = new Map<number, ThreadGroup>();
  readonly #freeSlots: number[] = [];
  #slots = 0;
  /** The thread found last: events of one thread come in runs. */
  #last: Thread | undefined = undefined;
  /** Some entry may name a parent that doesn't know of it; only damage does that. */
  #hasStrays = false;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get size(): number {
    return this.#threads.size;
  }

  /** One more than the highest slot ever given. */
  get slots(): number {
    return this.#slots;
  }

  get(tid: number): Thread | undefined {
    const last = this.#last;
    return last !== undefined && last.tid === tid ? last : this.#threads.get(tid);
  }

  /** The same for the thread of an event, which is likely to be asked for again. */
  find(tid: number): Thread | undefined {
    const last = this.#last;
    if (last !== undefined && last.tid === tid) return last;
    const thread = this.#threads.get(tid);
    if (thread !== undefined) this.#last = thread;
    return thread;
  }

  values(): IterableIterator<Thread> {
    return this.#threads.values();
  }

  /** The entry of a tid, or a placeholder made for it: there is no /proc to ask. Undefined when the table is full. */
  require(tid: number): Thread | undefined {
    const known = this.get(tid);
    if (known !== undefined) return known;
    const placeholder = new Thread(tid, this);
    return this.add(placeholder) ? placeholder : undefined;
  }

  /** A new entry that isn't in the table yet. */
  create(tid: number): Thread {
    return new Thread(tid, this);
  }

  /**
   * Adds an entry, in place of what is under its tid, and ties it to its process and its parent.
   *
   * @returns false when the table is full
   */
  add(thread: Thread): boolean {
    if (this.#threads.size >= MAX_THREADS) return false;
    this.link(thread);
    this.put(thread);
    return true;
  }

  /** Adds an entry without ties. */
  put(thread: Thread): void {
    const replaced = this.#threads.get(thread.tid);
    if (replaced === undefined) thread.slot = this.#freeSlots.pop() ?? this.#slots++;
    else {
      // Who names this tid as its parent now has another one, without having been told.
      thread.slot = replaced.slot;
      thread.isSuccessor = true;
      this.#leave(replaced);
      this.clock.raise();
    }
    this.#threads.set(thread.tid, thread);
    this.#last = thread;
    thread.changed();
  }

  /** Ties an entry to the threads of its process and to its parent. A placeholder has neither. */
  link(thread: Thread): void {
    if ((thread.isPlaceholder && thread.ptid !== -1) || (thread.pid === 1 && thread.ptid > 0)) this.#hasStrays = true;
    if (thread.isPlaceholder || thread.group !== undefined) return;
    let group = this.#groups.get(thread.pid);
    if (group === undefined) {
      group = new ThreadGroup(thread.pid, thread.pid === 1 || thread.vpid === 1);
      this.#groups.set(thread.pid, group);
    }
    group.add(thread);
    thread.group = group;
    thread.changed();
    if (thread.pid === 1) return;
    const parent = this.#threads.get(thread.ptid);
    if (parent === undefined || parent.isPlaceholder) thread.ptid = 0;
    else adopt(parent, thread);
  }

  /** Removes a thread that exited, or whose exit was lost; its children go to whoever adopts them. */
  remove(tid: number): void {
    const thread = this.#threads.get(tid);
    if (thread === undefined) return;
    const { group } = thread;
    if (thread.isPlaceholder || group === undefined) {
      loseChild(this.#threads.get(thread.ptid));
      this.#erase(tid);
      return;
    }
    if (!thread.dead) this.markDead(thread);
    if (thread.listedChildren > 0) handOnChildren(thread, this.#reaperOf(thread), this.clock);
    if (group.alive === 0) {
      loseChild(this.#threads.get(thread.ptid));
      this.#groups.delete(thread.pid);
      this.#erase(thread.pid);
    }
    if (!thread.isMain) {
      loseChild(this.#threads.get(thread.ptid));
      this.#erase(tid);
    }
  }

  /** Notes that a thread exited; it stays in the table for now. */
  markDead(thread: Thread): void {
    if (thread.group !== undefined && !thread.dead) thread.group.alive--;
    thread.flags |= CLONE.CLOSED;
  }

  clear(): void {
    for (const thread of this.#threads.values()) this.#leave(thread);
    this.#threads.clear();
    this.#groups.clear();
    this.#freeSlots.length = 0;
    this.#slots = 0;
    this.#last = undefined;
    this.clock.raise();
  }

  #reaperOf(thread: Thread): Thread | undefined {
    let reaper = thread.reaperTid > 0 ? this.require(thread.reaperTid) : undefined;
    if (reaper === undefined || reaper.isPlaceholder || reaper === thread) reaper = findReaper(thread);
    if (reaper === undefined) return undefined;
    thread.reaperTid = reaper.tid;
    if (reaper.pid !== thread.pid && reaper.group !== undefined) reaper.group.reaper = true;
    return reaper;
  }

  #erase(tid: number): void {
    const thread = this.#threads.get(tid);
    if (thread === undefined) return;
    this.#threads.delete(tid);
    this.#freeSlots.push(thread.slot);
    const { group } = thread;
    const leavesOthers = group !== undefined && group.alive !== 0 && group.main === thread;
    // Somebody still names this entry who can't be told.
    if (this.#hasStrays || thread.isSuccessor || tid <= 0 || thread.children > 0 || leavesOthers) this.clock.raise();
    this.#leave(thread);
    if (group !== undefined && group.alive === 0 && this.#groups.get(group.pid) === group)
      this.#groups.delete(group.pid);
  }

  #leave(thread: Thread): void {
    thread.gone = true;
    if (thread.siblings !== undefined) present(thread.siblings).living--;
    thread.files?.release();
    if (this.#last === thread) this.#last = undefined;
  }
}
