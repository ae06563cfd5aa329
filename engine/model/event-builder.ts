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
  const event = new Event();
  event.type = eventCode(symbol);
  event.timeLow = Number(head.time & 0xffffffffn);
  event.timeHigh = Number(head.time >> 32n);
  event.tid = head.tid;
  event.cpu = head.cpu ?? 0;
  const { params: table } = event.info;
  if (params.length > table.length) throw new Error(`${symbol} has ${table.length} parameters, not ${params.length}`);
  const encoded = params.map((value, index) => encodeParam(table[index] as EventParam, value));
  event.paramCount = encoded.length;
  event.bytes = new Uint8Array(encoded.reduce((sum, bytes) => sum + bytes.length, 0));
  event.view = new DataView(event.bytes.buffer);
  let at = 0;
  encoded.forEach((bytes, index) => {
    event.starts[index] = at;
    event.lengths[index] = bytes.length;
    event.bytes.set(bytes, at);
    at += bytes.length;
  });
  return event;
}

function encodeParam(param: EventParam, value: ParamInput): Uint8Array {
  if (value === undefined) return new Uint8Array(0);
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return bytesOf(`${value}\0`);
  if (typeof value === 'object') return bytesOf(value.map((text) => `${text}\0`).join(''));
  const size = PARAM_SIZES[param.type];
  if (size === undefined) throw new Error(`parameter ${param.name} of type ${param.type} can't be built from a number`);
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  if (param.type === 'DOUBLE') view.setFloat64(0, Number(value), true);
  else view.setBigInt64(0, BigInt.asIntN(64, BigInt(value)), true);
  return bytes.subarray(0, size);
}
