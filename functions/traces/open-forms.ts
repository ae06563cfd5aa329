import { MAX_PREPARED_OPEN_BYTES } from '../../engine/model/limits.ts';
import type { PreparedTrace } from '../../engine/prepared/prepared-trace.ts';

interface Open {
  readonly bytes: number;
  readonly trace: Promise<PreparedTrace | undefined>;
  users: number;
}

/** A prepared trace that somebody judges on; to be closed in the end. */
export interface OpenForm {
  readonly trace: PreparedTrace;
  close(): void;
}

/**
 * Prepared traces that are held in memory: those that somebody uses, and those used last as long as there is room. They
 * are shared: judging changes nothing in them.
 */
export class OpenForms {
  readonly #open = new Map<string, Open>();
  #bytes = 0;

  /**
   * The form of a name; undefined when there is no room for it, or none that can be used.
   *
   * @param size of the form, in bytes
   */
  async open(key: string, size: number, read: () => Promise<PreparedTrace | undefined>): Promise<OpenForm | undefined> {
    let open = this.#open.get(key);
    if (open === undefined) {
      if (!this.#makeRoom(size)) return undefined;
      this.#bytes += size;
      open = { bytes: size, trace: read(), users: 0 };
    }
    // Behind the others: what was used last goes last.
    this.#open.delete(key);
    this.#open.set(key, open);
    open.users++;
    const held = open;
    try {
      const trace = await held.trace;
      if (trace !== undefined) return { trace, close: () => void held.users-- };
    } catch (error) {
      held.users--;
      this.#drop(key, held);
      throw error;
    }
    held.users--;
    this.#drop(key, held);
    return undefined;
  }

  #makeRoom(size: number): boolean {
    for (const [key, open] of this.#open) {
      if (this.#bytes + size <= MAX_PREPARED_OPEN_BYTES) break;
      if (open.users === 0) this.#drop(key, open);
    }
    return this.#bytes + size <= MAX_PREPARED_OPEN_BYTES;
  }

  #drop(key: string, open: Open): void {
    if (this.#open.get(key) !== open) return;
    this.#open.delete(key);
    this.#bytes -= open.bytes;
  }
}
