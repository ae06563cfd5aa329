import { bytesOf, type ByteString } from './byte-string.ts';
import { Event } from './event.ts';
import { eventCode, type EventParam } from './event-types.ts';
import type { Integer } from './integer.ts';
import { PARAM_SIZES } from './param-type.ts';

/**
 * What a parameter is built from: a number for every fixed-size type, a byte string for texts (its NUL is added),
 * raw bytes for anything (addresses, tuples, buffers), a list for NUL-terminated texts back to back, and undefined
 * for a parameter that was not collected.
 */
export type ParamInput = Integer | boolean | ByteString | Uint8Array | readonly ByteString[] | undefined;

/** The head of an event: `num` is given by whoever delivers it. */
export interface EventHead {
  readonly time: bigint;
  readonly tid: number;
  readonly cpu?: number;
}

/**
 * Encodes an event as it would lie in a capture.
 *
 * @param symbol event type without `PPME_`, for instance `SYSCALL_OPENAT_2_X`
 * @param params values in the order of the event table
 */
export function buildEvent(symbol: string, head: EventHead, params: readonly ParamInput[]): Event {
  return new EventBuilder().build(symbol, head, params).copy();
}

/** Encodes one event after the other into one object, which is valid until the next: for who makes many. */
export class EventBuilder {
  readonly #event = new Event();
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);

  /** See `buildEvent`. */
  build(symbol: string, head: EventHead, params: readonly ParamInput[]): Event {
    const event = this.#event;
    event.type = eventCode(symbol);
    event.timeLow = Number(head.time & 0xffffffffn);
    event.timeHigh = Number(head.time >> 32n);
    event.tid = head.tid;
    event.cpu = head.cpu ?? 0;
    const { params: table } = event.info;
    if (params.length > table.length) throw new Error(`${symbol} has ${table.length} parameters, not ${params.length}`);
    event.paramCount = params.length;
    let at = 0;
    for (let i = 0; i < params.length; i++) {
      const length = this.#write(table[i] as EventParam, params[i], at);
      event.starts[i] = at;
      event.lengths[i] = length;
      at += length;
    }
    event.bytes = this.#bytes;
    event.view = this.#view;
    return event;
  }

  /** Writes a parameter; gives its length. */
  #write(param: EventParam, value: ParamInput, at: number): number {
    if (value === undefined) return 0;
    if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
      return this.#writeNumber(param, value, at);
    }
    const bytes =
      value instanceof Uint8Array ? value : bytesOf(typeof value === 'string' ? `${value}\0` : joined(value));
    this.#reserve(at + bytes.length);
    this.#bytes.set(bytes, at);
    return bytes.length;
  }

  #writeNumber(param: EventParam, value: Integer | boolean, at: number): number {
    const size = PARAM_SIZES[param.type];
    if (size === undefined)
      throw new Error(`parameter ${param.name} of type ${param.type} can't be built from a number`);
    this.#reserve(at + 8);
    if (param.type === 'DOUBLE') this.#view.setFloat64(at, Number(value), true);
    else if (typeof value === 'number' && (value | 0) === value) {
      this.#view.setInt32(at, value, true);
      this.#view.setInt32(at + 4, value < 0 ? -1 : 0, true);
    } else this.#view.setBigInt64(at, BigInt.asIntN(64, BigInt(value)), true);
    return size;
  }

  #reserve(length: number): void {
    if (length <= this.#bytes.length) return;
    const larger = new Uint8Array(length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

function joined(texts: readonly ByteString[]): ByteString {
  return texts.map((text) => `${text}\0`).join('');
}
