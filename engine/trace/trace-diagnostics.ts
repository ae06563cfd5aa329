import type { Diagnostic, Severity } from '../model/diagnostic.ts';

/** Stable codes of what can be wrong with a trace. */
export type TraceCode =
  /** There are no bytes at all. */
  | 'TRACE_EMPTY'
  /** The first bytes are of no known encoding, or not of the one that was asked for. */
  | 'TRACE_NOT_SCAP'
  | 'TRACE_UNKNOWN_ENCODING'
  /** It says that it needs a newer reader. */
  | 'TRACE_NEWER_VERSION'
  /** It ends inside a block or line. */
  | 'TRACE_TRUNCATED'
  /** A block can't be read; nothing behind it is. */
  | 'TRACE_CORRUPT_BLOCK'
  | 'TRACE_BLOCK_TOO_LARGE'
  /** It is whole but holds no event. */
  | 'TRACE_NO_EVENTS'
  /** An event's parameters don't fit into it. */
  | 'TRACE_CORRUPT_EVENT'
  /** An event has a layout that no version wrote. */
  | 'TRACE_STRANGE_EVENT'
  | 'TRACE_UNKNOWN_EVENT_TYPE'
  /** A block that is skipped. */
  | 'TRACE_UNKNOWN_BLOCK'
  | 'TRACE_MISPLACED_BLOCK'
  /** A list entry that is skipped. */
  | 'TRACE_UNKNOWN_ENTRY'
  /** Entry events were given up for want of memory. */
  | 'TRACE_ENTRIES_LOST'
  /** Something is too large for the encoding it is written in. */
  | 'TRACE_TOO_LARGE'
  /** Events that readers of 2022 don't see as they are, in a capture written for them. */
  | 'TRACE_NOT_IN_OLD'
  /** A line of a jsonl trace isn't JSON, or not a record. */
  | 'TRACE_BAD_LINE'
  /** An event's number doesn't follow the one before. */
  | 'TRACE_BAD_NUMBER'
  /** An event of a jsonl trace has a type that only old recorders wrote. */
  | 'TRACE_OLD_EVENT';

/** How often one code is told in full; what comes after is counted. */
const TOLD_PER_CODE = 20;

/** What was found wrong with one trace. A flood of one kind ends in a count. */
export class TraceDiagnostics {
  readonly list: Diagnostic[] = [];
  readonly #counts = new Map<TraceCode, number>();

  /**
   * Adds a finding.
   *
   * @param byteOffset where, in the decompressed bytes; undefined for a finding about the whole
   */
  add(code: TraceCode, severity: Severity, message: string, byteOffset?: number, hint?: string): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count > TOLD_PER_CODE) return;
    this.list.push({
      code,
      severity,
      message,
      ...(byteOffset === undefined ? {} : { byteOffset }),
      ...(hint === undefined ? {} : { hint }),
    });
  }

  /** Adds a finding of which one is enough, however often it comes. */
  once(code: TraceCode, severity: Severity, message: string, byteOffset?: number, hint?: string): void {
    if (!this.#counts.has(code)) this.add(code, severity, message, byteOffset, hint);
  }

  /** Says of each code how many findings were counted only. Called at the end. */
  close(): void {
    for (const [code, count] of this.#counts) {
      if (count <= TOLD_PER_CODE) continue;
      const severity = this.list.find((told) => told.code === code)?.severity ?? 'warning';
      this.list.push({ code, severity, message: `and ${count - TOLD_PER_CODE} more of this kind` });
    }
    this.#counts.clear();
  }
}
