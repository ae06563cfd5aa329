import { Event } from '../../engine/model/event.ts';

/** Room for the parameters of one event; texts and lists are cut to fit, and the largest record is below it. */
const PARAM_BYTES = 96 * 1024;

/**
 * Puts the parameters of an event together, one after the other, in the event that a trace sink takes. One object is used
 * for all events.
 */
export class EventOutput {
  readonly event = new Event();
  readonly #bytes = new Uint8Array(PARAM_BYTES);
  readonly #view = new DataView(this.#bytes.buffer);
  #at = 0;
  #count = 0;

  constructor() {
    this.event.bytes = this.#bytes;
    this.event.view = this.#view;
  }

  /** Begins an event; times are nanoseconds since the epoch in two halves. */
  begin(code: number, tid: number, cpu: number, timeLow: number, timeHigh: number): void {
    const { event } = this;
    event.type = code;
    event.tid = tid;
    event.cpu = cpu;
    event.timeLow = timeLow;
    event.timeHigh = timeHigh;
    this.#at = 0;
    this.#count = 0;
  }

  /** The event is whole. */
  end(): Event {
    this.event.paramCount = this.#count;
    return this.event;
  }

  /** A parameter that was not collected. */
  absent(): void {
    this.#close(this.#at);
  }

  uint8(value: number): void {
    const start = this.#at;
    this.#view.setUint8(this.#at++, value);
    this.#close(start);
  }

  uint16(value: number): void {
    const start = this.#at;
    this.#view.setUint16(start, value, true);
    this.#at += 2;
    this.#close(start);
  }

  uint32(value: number): void {
    const start = this.#at;
    this.#view.setUint32(start, value, true);
    this.#at += 4;
    this.#close(start);
  }

  /** Both halves of a number. */
  uint64(low: number, high: number): void {
    const start = this.#at;
    this.#view.setUint32(start, low, true);
    this.#view.setUint32(start + 4, high, true);
    this.#at += 8;
    this.#close(start);
  }

  /** A number of 1, 2, 4 or 8 bytes from its halves. */
  sized(size: number, low: number, high: number): void {
    if (size === 8) this.uint64(low, high);
    else if (size === 4) this.uint32(low);
    else if (size === 2) this.uint16(low);
    else this.uint8(low);
  }

  /** Bytes as they are. */
  copy(from: Uint8Array, start: number, length: number): void {
    const begin = this.#at;
    this.#append(from, start, length);
    this.#close(begin);
  }

  /** Bytes as a text: a NUL is put behind them. */
  text(from: Uint8Array, start: number, length: number): void {
    const begin = this.#at;
    this.#append(from, start, length);
    if (this.#at < PARAM_BYTES) this.#bytes[this.#at++] = 0;
    this.#close(begin);
  }

  #append(from: Uint8Array, start: number, length: number): void {
    const most = Math.min(length, PARAM_BYTES - 512 - this.#at);
    // Short runs are copied faster by hand than by a call with a view made for it.
    if (most <= 64) for (let i = 0; i < most; i++) this.#bytes[this.#at + i] = from[start + i] as number;
    else this.#bytes.set(from.subarray(start, start + most), this.#at);
    if (most > 0) this.#at += most;
  }

  #close(start: number): void {
    this.event.starts[this.#count] = start;
    this.event.lengths[this.#count] = this.#at - start;
    this.#count++;
  }
}
