import type { Diagnostic } from '../model/diagnostic.ts';
import type { TraceSink } from '../model/trace.ts';
import { detectEncoding } from './detect-encoding.ts';
import { explainForeignBytes } from './foreign-bytes.ts';
import { JsonlReader } from './jsonl/jsonl-reader.ts';
import { ScapReader } from './scap/scap-reader.ts';
import { TraceDiagnostics } from './trace-diagnostics.ts';
import type { TraceReader } from './trace-reader.ts';

/** Reads a trace of any encoding, which its first bytes tell. Compression is the caller's. */
export class DetectingReader implements TraceReader {
  readonly #sink: TraceSink;
  readonly #wants: Uint8Array | undefined;
  readonly #found = new TraceDiagnostics();
  #reader: TraceReader | undefined = undefined;
  /** The first bytes while they are too few to tell. */
  #held = new Uint8Array(0);
  #refused = false;

  /** @param wants `WANT` by event type of today; without it every event is delivered whole */
  constructor(sink: TraceSink, wants?: Uint8Array) {
    this.#sink = sink;
    this.#wants = wants;
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#reader?.diagnostics ?? this.#found.list;
  }

  get eventCount(): number {
    return this.#reader?.eventCount ?? 0;
  }

  get stopped(): boolean {
    return this.#reader?.stopped ?? this.#refused;
  }

  push(bytes: Uint8Array): void {
    if (this.#reader !== undefined) return this.#reader.push(bytes);
    if (this.#refused) return;
    const first = this.#held.length === 0 ? bytes : joined(this.#held, bytes);
    const encoding = detectEncoding(first);
    if (encoding === 'scap') this.#reader = new ScapReader(this.#sink, this.#wants);
    else if (encoding === 'jsonl') this.#reader = new JsonlReader(this.#sink, this.#wants);
    else if (encoding === undefined || first.length < ENOUGH_TO_EXPLAIN) this.#held = first.slice();
    else this.#refuse(first);
    this.#reader?.push(first);
  }

  end(): void {
    if (this.#reader !== undefined) this.#reader.end();
    else if (this.#held.length > 0 && !this.#refused) this.#refuse(this.#held);
    else if (!this.#refused) this.#found.add('TRACE_EMPTY', 'error', 'the trace is empty: there are no bytes', 0);
  }

  #refuse(bytes: Uint8Array): void {
    this.#refused = true;
    const { message, hint } = explainForeignBytes(bytes, 'a trace');
    this.#found.add('TRACE_UNKNOWN_ENCODING', 'error', message, 0, hint);
  }
}

/** Foreign bytes are waited for until there are enough of them to say what they are. */
const ENOUGH_TO_EXPLAIN = 64;

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
