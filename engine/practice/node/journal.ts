import { MAX_NODE_JOURNAL } from '../../model/practice-limits.ts';
import { journalTime } from './date-text.ts';

/** A line of the journal. */
export interface JournalEntry {
  /** Nanoseconds since the epoch. */
  readonly time: bigint;
  /** Whose it is: `falco`, `systemd`. */
  readonly program: string;
  readonly pid: number;
  readonly text: string;
  /** The unit it is about; systemd tells of others. */
  readonly unit: string;
}

/** What programs said, as the journal of a node keeps it. */
export class Journal {
  readonly #entries: JournalEntry[];
  /** How many lines have gone because there were too many. */
  #gone = 0;

  constructor(entries: readonly JournalEntry[]) {
    this.#entries = [...entries];
  }

  add(entry: JournalEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length <= MAX_NODE_JOURNAL) return;
    this.#entries.shift();
    this.#gone++;
  }

  /** Number of the line that comes next. */
  get end(): number {
    return this.#gone + this.#entries.length;
  }

  /** Lines from a number on. */
  from(number: number): readonly JournalEntry[] {
    return this.#entries.slice(Math.max(0, number - this.#gone));
  }

  entries(): readonly JournalEntry[] {
    return this.#entries;
  }
}

/** A line as `journalctl` and syslog write it. */
export function entryLine({ time, program, pid, text }: JournalEntry, hostname: string): string {
  return `${journalTime(time)} ${hostname} ${program}[${pid}]: ${text}`;
}
