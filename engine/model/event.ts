import { byteString, type ByteString } from './byte-string.ts';
import { EVENT_TYPES, type EventType } from './event-types.ts';
import { signed64, unsigned64, type Integer } from './integer.ts';
import { MAX_EVENT_PARAMS } from './limits.ts';
import type { Text, Texts } from './text.ts';

/**
 * One scap event: header, parameter lengths, parameter bytes, read where they lie. A source of events reuses one
 * object and points it at the next event, so nothing is allocated per event; who wants to keep one takes `copy()`.
 *
 * Parameter accessors take the index of the event table. A parameter is absent when its length is 0 or when an older
 * writer did not know it; callers ask `has()` first, and the fixed-size accessors answer 0 for an absent one.
 */
export class Event {
  /** `evt.num`: 1 for the first event of a trace. */
  num = 0;
  /** Nanoseconds since the epoch, in two halves. */
  timeLow = 0;
  timeHigh = 0;
  /** Host thread id; -1 on events about no thread. */
  tid = 0;
  cpu = 0;
  /** Index into `EVENT_TYPES`. */
  type = 0;
  /** True for an event that the recorder's filter rejected and that was kept for what it changes: no rule may see it. */
  stateOnly = false;
  /** Parameters present in this event; an older writer may give fewer than the table names. */
  paramCount = 0;
  bytes: Uint8Array = EMPTY;
  view: DataView = EMPTY_VIEW;
  /** Where each parameter lies in `bytes`, and how long it is. */
  readonly starts = new Int32Array(MAX_EVENT_PARAMS);
  readonly lengths = new Int32Array(MAX_EVENT_PARAMS);

  get info(): EventType {
    return EVENT_TYPES[this.type] as EventType;
  }

  /** Nanoseconds since the epoch. Allocates: not for the path that every event takes. */
  time(): bigint {
    return (BigInt(this.timeHigh) << 32n) | BigInt(this.timeLow);
  }

  has(index: number): boolean {
    return index < this.paramCount && (this.lengths[index] as number) > 0;
  }

  length(index: number): number {
    return index < this.paramCount ? (this.lengths[index] as number) : 0;
  }

  uint8(index: number): number {
    return this.length(index) >= 1 ? this.view.getUint8(this.starts[index] as number) : 0;
  }

  uint16(index: number): number {
    return this.length(index) >= 2 ? this.view.getUint16(this.starts[index] as number, true) : 0;
  }

  uint32(index: number): number {
    return this.length(index) >= 4 ? this.view.getUint32(this.starts[index] as number, true) : 0;
  }

  int32(index: number): number {
    return this.length(index) >= 4 ? this.view.getInt32(this.starts[index] as number, true) : 0;
  }

  /** An fd, pid or errno: signed 64 bits on the wire, small in practice; a wild value loses digits beyond 2^53. */
  int64(index: number): number {
    if (this.length(index) < 8) return 0;
    const at = this.starts[index] as number;
    return this.view.getInt32(at + 4, true) * 0x100000000 + this.view.getUint32(at, true);
  }

  /** A signed 64-bit parameter with all its digits. */
  signed64(index: number): Integer {
    if (this.length(index) < 8) return 0;
    const at = this.starts[index] as number;
    return signed64(this.view.getUint32(at, true), this.view.getUint32(at + 4, true));
  }

  /** An unsigned 64-bit parameter with all its digits. */
  unsigned64(index: number): Integer {
    if (this.length(index) < 8) return 0;
    const at = this.starts[index] as number;
    return unsigned64(this.view.getUint32(at, true), this.view.getUint32(at + 4, true));
  }

  /** A NUL-terminated text without its NUL; what follows an inner NUL is not part of it. */
  string(index: number): ByteString {
    const start = this.starts[index] as number;
    return byteString(this.bytes, start, this.#textEnd(index));
  }

  /** The same as an interned text. */
  text(index: number, texts: Texts): Text {
    return texts.ofBytes(this.bytes, this.starts[index] as number, this.#textEnd(index));
  }

  /** NUL-terminated texts back to back, as in `args` and `env`; a last one without its NUL counts. */
  strings(index: number): ByteString[] {
    const all = this.has(index) ? byteString(this.bytes, this.starts[index], this.#end(index)) : '';
    if (all === '' || all === '\0') return [];
    return (all.endsWith('\0') ? all.slice(0, -1) : all).split('\0');
  }

  /** The raw bytes, a view that is valid until the source moves on. */
  data(index: number): Uint8Array {
    return this.has(index) ? this.bytes.subarray(this.starts[index], this.#end(index)) : EMPTY;
  }

  /** An event of its own, safe to keep. */
  copy(): Event {
    const copy = new Event();
    const first = this.paramCount > 0 ? (this.starts[0] as number) : 0;
    const end = this.paramCount > 0 ? this.#end(this.paramCount - 1) : 0;
    copy.num = this.num;
    copy.timeLow = this.timeLow;
    copy.timeHigh = this.timeHigh;
    copy.tid = this.tid;
    copy.cpu = this.cpu;
    copy.type = this.type;
    copy.stateOnly = this.stateOnly;
    copy.paramCount = this.paramCount;
    copy.bytes = this.bytes.slice(first, end);
    copy.view = new DataView(copy.bytes.buffer, copy.bytes.byteOffset, copy.bytes.byteLength);
    for (let i = 0; i < this.paramCount; i++) copy.starts[i] = (this.starts[i] as number) - first;
    copy.lengths.set(this.lengths);
    return copy;
  }

  #end(index: number): number {
    return (this.starts[index] as number) + (this.lengths[index] as number);
  }

  #textEnd(index: number): number {
    const start = this.starts[index] as number;
    if (index >= this.paramCount) return start;
    const end = this.#end(index);
    // Names are short, and `indexOf` of a typed array costs more to call than they to walk.
    let at = start;
    while (at < end && this.bytes[at] !== 0) at++;
    return at;
  }
}

const EMPTY = new Uint8Array(0);
const EMPTY_VIEW = new DataView(EMPTY.buffer);
