import type { Diagnostic } from '../../model/diagnostic.ts';
import { MAX_SCAP_BLOCK_BYTES, MAX_SCAP_EVENT_BLOCK_BYTES } from '../../model/limits.ts';
import type { TraceSink } from '../../model/trace.ts';
import { detectEncoding } from '../detect-encoding.ts';
import { TraceDiagnostics, type TraceCode } from '../trace-diagnostics.ts';
import type { TraceReader } from '../trace-reader.ts';
import { blockKind, EVENT_V2, type BlockKind } from './block-types.ts';
import { Cursor } from './cursor.ts';
import { EventReader } from './event-reader.ts';
import { PartialBlock } from './partial-block.ts';
import { explainForeignBytes } from '../foreign-bytes.ts';
import { readSectionHeader } from './section-header.ts';
import { readSnapshotBlock } from './snapshot-block.ts';

/** Type and length at the front of a block. */
const BLOCK_HEAD_BYTES = 8;
/** Head and the length once more at the end. */
const BLOCK_FRAME_BYTES = 12;

/**
 * Reads a scap capture that is pushed in chunks cut anywhere, already decompressed, and delivers it to a sink: every
 * version from 1.0 on, events upgraded to the layout of today and numbered as Falco numbers them. Whole blocks are read
 * where they lie; only a block that a chunk breaks off in is copied.
 */
export class ScapReader implements TraceReader {
  readonly #sink: TraceSink;
  readonly #events: EventReader;
  readonly #found = new TraceDiagnostics();
  readonly #partial = new PartialBlock();
  /** Where the first byte of the present chunk, or of the partial block, lies in the stream. */
  #base = 0;
  /** Bytes that came so far. */
  #received = 0;
  /** Bytes of an unknown block that are still to be passed over. */
  #skipping = 0;
  /** True until the first section header. */
  #fresh = true;
  /** True from the first event of a section on. */
  #inEvents = false;
  #stopped = false;
  #sawPackets = false;

  /** @param wants `WANT` by event type of today; without it every event is delivered whole */
  constructor(sink: TraceSink, wants?: Uint8Array) {
    this.#sink = sink;
    this.#events = new EventReader(sink, this.#found, wants);
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#found.list;
  }

  get eventCount(): number {
    return this.#events.count;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  push(bytes: Uint8Array): void {
    const start = this.#received;
    this.#received += bytes.length;
    if (this.#stopped || bytes.length === 0) return;
    let at = this.#finishPartial(bytes);
    if (this.#stopped || at === bytes.length) return;
    this.#base = start;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    at = this.#readBlocks(bytes, view, at);
    if (this.#stopped || at >= bytes.length) return;
    this.#base = start + at;
    this.#partial.take(bytes, at, bytes.length - at);
  }

  end(): void {
    if (this.#stopped) return this.#close();
    const held = this.#partial.length;
    if (this.#received === 0) this.#found.add('TRACE_EMPTY', 'error', 'the trace is empty: there are no bytes', 0);
    else if (this.#fresh && detectEncoding(this.#partial.bytes.subarray(0, held)) !== 'scap')
      this.#foreign(this.#partial.bytes.subarray(0, held));
    else if (held > 0 || this.#skipping > 0) this.#tellTruncated();
    if (!this.#fresh && this.eventCount === 0) this.#tellNoEvents();
    this.#close();
  }

  /** Goes on with the block, or the skipping, that the last chunk broke off in; answers where the next block begins. */
  #finishPartial(bytes: Uint8Array): number {
    let at = this.#passOver(bytes, 0);
    const partial = this.#partial;
    while (partial.length > 0 && at < bytes.length) {
      const wanted = partial.length < BLOCK_HEAD_BYTES ? BLOCK_HEAD_BYTES : partial.view.getUint32(4, true);
      at += partial.take(bytes, at, wanted);
      if (partial.length < wanted) return at;
      if (wanted === BLOCK_HEAD_BYTES) {
        const length = this.#check(partial.view, 0, partial.bytes);
        if (this.#stopped) return at;
        if (length > 0) continue;
        // An unknown block: what is held of it is its head.
        this.#skipping -= BLOCK_HEAD_BYTES;
        partial.length = 0;
        return this.#passOver(bytes, at);
      }
      this.#readBlock(partial.bytes, partial.view, 0, wanted);
      partial.length = 0;
      if (this.#stopped) return at;
    }
    return at;
  }

  /** Reads whole blocks in place; answers where the first incomplete one begins. */
  #readBlocks(bytes: Uint8Array, view: DataView, start: number): number {
    const end = bytes.length;
    let at = start;
    this.#events.pointAt(bytes, view);
    while (end - at >= BLOCK_HEAD_BYTES) {
      const length = view.getUint32(at + 4, true);
      // Nearly every block is an event of today: those take the short way.
      if (
        view.getUint32(at, true) === EVENT_V2 &&
        this.#inEvents &&
        length <= MAX_SCAP_EVENT_BLOCK_BYTES &&
        length >= EventReader.MIN_BLOCK_BYTES
      ) {
        if (at + length > end) return at;
        this.#events.read(at, length, this.#base);
        at += length;
        continue;
      }
      const checked = this.#check(view, at, bytes);
      if (this.#stopped) return at;
      if (checked === 0) {
        at = this.#passOver(bytes, at);
        continue;
      }
      if (at + checked > end) return at;
      this.#readBlock(bytes, view, at, checked);
      if (this.#stopped) return at;
      at += checked;
    }
    return at;
  }

  /**
   * Looks at a block's head before its body is waited for.
   *
   * @returns its length; 0 if it is to be passed over
   */
  #check(view: DataView, at: number, bytes: Uint8Array): number {
    const type = view.getUint32(at, true);
    const length = view.getUint32(at + 4, true);
    const kind = blockKind(type);
    if (this.#fresh && kind?.holds !== 'section') {
      this.#foreign(bytes.subarray(at));
      return 0;
    }
    if (length < BLOCK_FRAME_BYTES)
      return this.#stop(at, `a block of type ${hex(type)} says it is ${length} bytes long`);
    if (kind === undefined || this.#isMisplaced(kind)) {
      this.#tellSkipped(type, kind, at);
      this.#skipping = length;
      return 0;
    }
    if (kind.holds === 'event') return this.#checkEvent(kind, length, at);
    return length <= MAX_SCAP_BLOCK_BYTES ? length : this.#stopTooLarge(at, length);
  }

  #checkEvent(kind: BlockKind, length: number, at: number): number {
    if (length < EventReader.minBlockBytes(kind)) return this.#stop(at, `an event block is only ${length} bytes long`);
    if (kind.large) return length <= MAX_SCAP_BLOCK_BYTES ? length : this.#stopTooLarge(at, length);
    if (length - BLOCK_HEAD_BYTES <= MAX_SCAP_EVENT_BLOCK_BYTES) return length;
    return this.#stop(at, `an event block says it is ${length} bytes long, more than an event of its kind can be`);
  }

  #readBlock(bytes: Uint8Array, view: DataView, at: number, length: number): void {
    const kind = blockKind(view.getUint32(at, true)) as BlockKind;
    if (kind.holds === 'event') {
      this.#inEvents = true;
      this.#events.pointAt(bytes, view);
      this.#events.readAny(kind, at, length, this.#base);
      return;
    }
    if (view.getUint32(at + length - 4, true) !== length) {
      this.#stop(at, `a block of type ${hex(view.getUint32(at, true))} doesn't repeat its length at its end`);
      return;
    }
    const cursor = new Cursor(bytes, view, at + BLOCK_HEAD_BYTES, at + length - 4);
    if (kind.holds === 'section') this.#beginSection(cursor, at);
    else {
      const skipped = readSnapshotBlock(kind, cursor, this.#sink);
      if (skipped > 0)
        this.#found.add('TRACE_UNKNOWN_ENTRY', 'warning', entriesSkipped(kind, skipped), this.#base + at);
      if (cursor.problem !== undefined) this.#stop(at, `the list of ${kind.holds} can't be read: ${cursor.problem}`);
    }
  }

  #beginSection(cursor: Cursor, at: number): void {
    const refusal = readSectionHeader(cursor);
    if (refusal !== undefined) {
      this.#stopped = true;
      this.#found.add(refusal.code, 'error', refusal.message, this.#base + at, refusal.hint);
      return;
    }
    this.#fresh = false;
    this.#inEvents = false;
    this.#sink.section();
  }

  /** Passes over what is left of an unknown block; answers where it goes on. */
  #passOver(bytes: Uint8Array, at: number): number {
    const count = Math.min(this.#skipping, bytes.length - at);
    this.#skipping -= count;
    return at + count;
  }

  /** Lists belong before the events of their section. */
  #isMisplaced(kind: BlockKind): boolean {
    return this.#inEvents && kind.holds !== 'event' && kind.holds !== 'section';
  }

  #tellSkipped(type: number, kind: BlockKind | undefined, at: number): void {
    if (kind === undefined) {
      this.#sawPackets ||= type === 1 || type === 6;
      const message = `a block of the unknown type ${hex(type)} is passed over, and others like it`;
      this.#found.once('TRACE_UNKNOWN_BLOCK', 'lint', message, this.#base + at);
    } else {
      const message = `a list of ${kind.holds} after the first event is passed over`;
      this.#found.add('TRACE_MISPLACED_BLOCK', 'warning', message, this.#base + at);
    }
  }

  #tellTruncated(): void {
    const at = this.#skipping > 0 ? this.#received : this.#base;
    const message = `the trace ends inside a block that begins at byte ${at}; everything before it was read`;
    const inUnknown = `the trace ends ${this.#skipping} bytes before a block of an unknown type says it does`;
    this.#found.add('TRACE_TRUNCATED', 'error', this.#skipping > 0 ? inUnknown : message, at, 'is the file cut?');
  }

  #tellNoEvents(): void {
    const hint = this.#sawPackets
      ? 'this looks like a capture of network packets (pcapng), not of syscalls'
      : undefined;
    this.#found.add('TRACE_NO_EVENTS', 'warning', 'the trace holds no event', undefined, hint);
  }

  #foreign(bytes: Uint8Array): void {
    this.#stopped = true;
    const { message, hint } = explainForeignBytes(bytes, 'a scap capture');
    this.#found.add('TRACE_NOT_SCAP', 'error', message, 0, hint);
  }

  #stop(at: number, message: string, code: TraceCode = 'TRACE_CORRUPT_BLOCK'): 0 {
    this.#stopped = true;
    this.#found.add(code, 'error', `${message}; nothing after byte ${this.#base + at} was read`, this.#base + at);
    return 0;
  }

  #stopTooLarge(at: number, length: number): 0 {
    const message = `a block says it is ${length} bytes long; ${MAX_SCAP_BLOCK_BYTES} is the most that is read`;
    return this.#stop(at, message, 'TRACE_BLOCK_TOO_LARGE');
  }

  #close(): void {
    this.#events.close();
    this.#found.close();
  }
}

function entriesSkipped(kind: BlockKind, count: number): string {
  return `${count} ${count === 1 ? 'entry' : 'entries'} of a list of ${kind.holds} are passed over: unknown kinds, or too many`;
}

function hex(type: number): string {
  return `0x${type.toString(16)}`;
}
