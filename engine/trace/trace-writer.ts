import type { Diagnostic } from '../model/diagnostic.ts';
import type { TraceSink } from '../model/trace.ts';
import { JsonlWriter } from './jsonl/jsonl-writer.ts';
import { CompatWriter } from './scap/compat/compat-writer.ts';
import { ScapWriter } from './scap/scap-writer.ts';

/** Encodings that a trace can be written in; `compat` is scap for readers of 2022 and later. */
export type TargetEncoding = 'scap' | 'jsonl' | 'compat';

/** Takes a trace and writes it. Call `end()` after the last event. */
export interface TraceWriter extends TraceSink {
  /** What could not be written as it was. Complete after `end()`. */
  readonly diagnostics: readonly Diagnostic[];
  end(): void;
}

/**
 * A writer of an encoding.
 *
 * @param output receives chunks of whole blocks or lines, its own to keep
 */
export function openWriter(to: TargetEncoding, output: (bytes: Uint8Array) => void): TraceWriter {
  if (to === 'jsonl') return new JsonlWriter(output);
  return to === 'scap' ? new ScapWriter(output) : new CompatWriter(output);
}
