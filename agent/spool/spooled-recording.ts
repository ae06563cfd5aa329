import type { Entry, Kept } from './journal.ts';

/** A recording of which something is in the spool, or still to be told to the service. */
export class SpooledRecording {
  /** Chosen once: the service knows the recording by it. */
  readonly key: string;
  readonly name: string;
  /** When it began, in milliseconds since the epoch. */
  readonly at: number;
  /** Segments that are on the disk and not sent yet, by number. */
  readonly kept = new Map<number, Kept>();
  readonly sent = new Set<number>();
  /** Names of segments that were begun, by number. */
  readonly #begun = new Map<number, string>();
  isEnded = false;
  isClosed = false;

  constructor(key: string, name: string, at: number) {
    this.key = key;
    this.name = name;
    this.at = at;
  }

  /** The number of its last segment; 0 before the first. */
  get last(): number {
    return Math.max(0, ...this.#begun.keys());
  }

  /** Numbers of segments that never come: given up, or begun and never whole. */
  get lost(): readonly number[] {
    return Array.from({ length: this.last }, (_, i) => i + 1).filter(
      (sequence) => !this.sent.has(sequence) && !this.kept.has(sequence),
    );
  }

  /** Whether nothing more comes, all is sent, and the service has not been told so. */
  get isToBeClosed(): boolean {
    return this.isEnded && !this.isClosed && this.kept.size === 0;
  }

  /** The number under which a file was begun. */
  numberOf(file: string): number | undefined {
    return [...this.#begun].find(([, name]) => name === file)?.[0];
  }

  /** Takes what a journal says of it. */
  take(entry: Entry): void {
    if (entry.did === 'grow') this.#begun.set(entry.sequence, entry.file);
    else if (entry.did === 'keep') this.kept.set(entry.kept.sequence, entry.kept);
    else if (entry.did === 'send' || entry.did === 'drop') {
      this.kept.delete(entry.sequence);
      if (entry.did === 'send') this.sent.add(entry.sequence);
    } else if (entry.did === 'end') this.isEnded = true;
    else if (entry.did === 'close') this.isClosed = true;
  }

  /** The shortest journal that says all this. */
  entries(): readonly Entry[] {
    const { key, name, at } = this;
    return [
      { did: 'begin', key, name, at },
      ...[...this.#begun].map(([sequence, file]) => ({ did: 'grow' as const, key, sequence, file })),
      ...[...this.kept.values()].map((kept) => ({ did: 'keep' as const, key, kept })),
      ...[...this.sent].map((sequence) => ({ did: 'send' as const, key, sequence })),
      ...(this.isEnded ? [{ did: 'end' as const, key }] : []),
    ];
  }
}
