import { Event } from '../../model/event.ts';
import { MAX_PENDING_ENTRY_BYTES } from '../../model/limits.ts';
import { copyEvent } from '../event-scratch.ts';

/**
 * Entry events that wait for the exit of their thread. Each thread has one place, which its next entry takes over with
 * its buffer, so nothing is allocated per event. When all buffers together grow beyond the limit, the thread that was
 * seen first gives up its place.
 */
export class KeptEntries {
  readonly #byThread = new Map<number, Event>();
  #heldBytes = 0;
  /** Entry events that were given up for want of memory. */
  lost = 0;

  /** Keeps a copy of an entry event in place of the thread's earlier one. */
  keep(event: Event): void {
    let place = this.#byThread.get(event.tid);
    if (place === undefined) {
      place = new Event();
      this.#byThread.set(event.tid, place);
      this.#heldBytes += PLACE_BYTES;
    }
    const before = place.bytes.length;
    copyEvent(event, place);
    this.#heldBytes += place.bytes.length - before;
    if (this.#heldBytes > MAX_PENDING_ENTRY_BYTES) this.#makeRoom();
  }

  /** The entry event that fits this exit event, or undefined. */
  entryOf(exit: Event): Event | undefined {
    const place = this.#byThread.get(exit.tid);
    return place !== undefined && place.type === exit.type - 1 ? place : undefined;
  }

  /** Marks a kept entry as used: no later exit may take it. */
  forget(entry: Event): void {
    entry.type = NOTHING;
  }

  #makeRoom(): void {
    for (const [tid, event] of this.#byThread) {
      if (this.#heldBytes <= MAX_PENDING_ENTRY_BYTES / 2) return;
      this.#byThread.delete(tid);
      this.#heldBytes -= event.bytes.length + PLACE_BYTES;
      if (event.type !== NOTHING) this.lost++;
    }
  }
}

/** What a place costs beside the bytes of its event, about. */
const PLACE_BYTES = 768;
/** A type that no exit event is one more than. */
const NOTHING = -2;
