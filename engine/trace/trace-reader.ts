import type { Diagnostic } from '../model/diagnostic.ts';

/** Who turns the bytes of a trace into calls of a `TraceSink`. Chunks may be cut anywhere. */
export interface TraceReader {
  /** Takes the next bytes; everything that is whole in them is delivered before the call returns. */
  push(bytes: Uint8Array): void;
  /** Says that no more bytes come; the diagnostics are complete then. */
  end(): void;
  /** What was wrong so far. An error means that something of the trace was not delivered. */
  readonly diagnostics: readonly Diagnostic[];
  /** Events that took part so far: the `evt.num` of the last one. */
  readonly eventCount: number;
  /** True when nothing behind this place will be read: more bytes need not be pushed. */
  readonly stopped: boolean;
}
