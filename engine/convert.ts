import type { Diagnostic } from './model/diagnostic.ts';
import { DetectingReader } from './trace/detecting-reader.ts';
import { openWriter, type TargetEncoding, type TraceWriter } from './trace/trace-writer.ts';

export type { TargetEncoding };

/**
 * Turns a trace of any encoding into one of a given encoding, while its bytes arrive. Events come out in the layout of
 * today; a capture of any age becomes one that the present Falco reads without upgrading it.
 */
export class Conversion {
  readonly #reader: DetectingReader;
  readonly #writer: TraceWriter;

  /** @param output receives chunks of whole blocks or lines, its own to keep */
  constructor(to: TargetEncoding, output: (bytes: Uint8Array) => void) {
    this.#writer = openWriter(to, output);
    this.#reader = new DetectingReader(this.#writer);
  }

  /** What was wrong with the trace, or could not be written. Complete after `end()`. */
  get diagnostics(): readonly Diagnostic[] {
    return [...this.#reader.diagnostics, ...this.#writer.diagnostics];
  }

  /** Events that were read so far. */
  get eventCount(): number {
    return this.#reader.eventCount;
  }

  /** Takes the next decompressed bytes of the trace; chunks may be cut anywhere. */
  push(bytes: Uint8Array): void {
    this.#reader.push(bytes);
  }

  /** Says that no more bytes come, and hands on what is left. */
  end(): void {
    this.#reader.end();
    this.#writer.end();
  }
}
