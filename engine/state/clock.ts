/**
 * Counts changes. A verdict about a thread holds for as long as nothing newer than it happened to the thread or to
 * what it depends on, so one integer replaces all tracking of dependencies.
 */
export class Clock {
  /** The newest reading. */
  now = 0;
  /** Reading of the last change that concerns every thread: accounts, containers, a hole torn into the thread table. */
  floor = 0;

  /** A new reading, for a change to one thread. */
  tick(): number {
    return ++this.now;
  }

  /** Tells every thread that something changed. */
  raise(): void {
    this.floor = ++this.now;
  }
}
