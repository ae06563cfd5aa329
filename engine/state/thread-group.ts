import type { Thread } from './thread.ts';

/** Threads that left before the list is swept. */
const SWEEP_AT = 16;

/** The threads of one process. */
export class ThreadGroup {
  readonly pid: number;
  /** Threads that haven't exited. */
  alive = 0;
  /** It adopts orphans: an init, or a process that asked for it. */
  reaper: boolean;
  /** The main thread first, if it is known; some may have left the table. */
  threads: Thread[] = [];
  #swept = SWEEP_AT;

  constructor(pid: number, reaper: boolean) {
    this.pid = pid;
    this.reaper = reaper;
  }

  add(thread: Thread): void {
    if (thread.isMain) this.threads.unshift(thread);
    else this.threads.push(thread);
    this.alive++;
    if (this.threads.length >= this.#swept) this.#sweep();
  }

  /** The main thread while it is in the table. */
  get main(): Thread | undefined {
    const first = this.threads[0];
    return first !== undefined && !first.gone && first.isMain ? first : undefined;
  }

  /** Some thread that hasn't exited, other than `but`. */
  anyAlive(but?: Thread): Thread | undefined {
    if (this.alive === 0) return undefined;
    return this.threads.find((thread) => !thread.gone && !thread.dead && thread !== but);
  }

  /** Forgets threads that left, but for a main thread at the front: nobody may take its place. */
  #sweep(): void {
    this.threads = this.threads.filter((thread, index) => !thread.gone || (index === 0 && thread.isMain));
    this.#swept = SWEEP_AT + 2 * this.threads.length;
  }
}
